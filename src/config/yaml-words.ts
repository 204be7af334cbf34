import type { ErrorCode } from 'yaml';

/** What is wrong with the text of a YAML or JSON file, in words for a person instead of the parser's. */
const sentences: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*name) can have neither an anchor nor a tag',
  BAD_ALIAS: 'an alias (*name) needs a name without special characters',
  BAD_COLLECTION_TYPE: 'a tag does not fit what it stands before',
  BAD_DIRECTIVE: 'a line that begins with % is not a directive of YAML',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no known character: write \\\\ for a backslash',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket is not closed',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'a value begins with a character that needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'two keys stand on one line, or a value with ": " in it needs quotes',
  BLOCK_IN_FLOW: 'inside { } or [ ], values cannot be written as indented lines',
  DUPLICATE_KEY: 'a key stands twice in the same mapping',
  IMPOSSIBLE: 'this is not YAML or JSON',
  KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
  MISSING_CHAR: 'a character is missing here: a colon, a comma, a quote or a bracket',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines: is a colon missing?',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  MULTIPLE_DOCS: 'the file holds several documents, with --- between them: keep one',
  MULTIPLE_TAGS: 'a value has two tags',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply',
  TAB_AS_INDENT: 'a tab is used for indentation: use spaces',
  TAG_RESOLVE_FAILED: 'a value does not fit its tag (!name), or the tag is unknown',
  UNEXPECTED_TOKEN: 'something stands here that YAML does not expect: is a quote, a comma or a bracket missing?',
};

export function yamlProblem(code: ErrorCode): string {
  return sentences[code];
}

/** Why aliases and merges cannot be followed. */
export function aliasProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [, name] = /^Unresolved alias .*: (.+)$/.exec(message) ?? [];
  if (name !== undefined) return `the alias *${name} refers to an anchor that does not stand before it`;
  if (/^Merge/.test(message)) return '<< takes a mapping, an alias of one, or a list of those';
  return 'its aliases would grow without end';
}
