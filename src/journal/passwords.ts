import { decodedPercents } from './texts.ts';

/** Names of fields are compared as Go's decoder does, which takes `paſſword` for `password`: by Unicode's simple case folding. */
export const foldingCase = 'giu';
/** What stands in the place of a value. */
const hidden = '"…"';
/** What follows a name is looked at no further. */
const mostBetween = 256;

/** How a value follows the name of a field, and where it ends. */
interface Form {
  readonly between: RegExp;
  readonly endOf: (text: string, start: number) => number;
  /** Whether the name must be a string of its own: it may be the last word of a sentence otherwise. */
  readonly isQuoted?: boolean;
}

/** The first form that fits counts. Where a text is not quite of a form, more of it is hidden, not less. */
const forms: readonly Form[] = [
  // JSON, also in a string of JSON, JavaScript, YAML, plain text; names and values as HAR writes them.
  { between: /["'\\\]]*\s*(?::|=>|["']\s*,\s*["']?value["']?\s*:)\s*/y, endOf: endOfValue },
  // A list of pairs, or a colon that was forgotten.
  {
    between: new RegExp(String.raw`["']\s{0,${mostBetween}},?\s{0,${mostBetween}}(?=["'])`, 'y'),
    endOf: endOfValue,
    isQuoted: true,
  },
  // Files of settings.
  { between: /["'\\\]]*(?:[^\S\r\n]+=[^\S\r\n]*|=[^\S\r\n]+)/y, endOf: endOfLine },
  // A form, a query, an attribute of XML.
  { between: /["'\\\]]*=/y, endOf: endOfWord },
  // A part of a multipart body, after the rest of its head.
  {
    between: new RegExp(String.raw`[\]"']*(?:;[^\r\n]{0,${mostBetween}})?\r?\n(?:[^\r\n]{1,${mostBetween}}\r?\n){0,8}\r?\n`, 'y'),
    endOf: endOfPart,
  },
  // An element of XML.
  { between: new RegExp(String.raw`(?:\s[^<>]{0,${mostBetween}})?>`, 'y'), endOf: endOfElement },
];

/** Pairs of a form or a query, whose names may be encoded. */
const pairs = /[^&\s"'<>]+(?:(?<==)(?:"[^"\r\n]*"?|'[^'\r\n]*'?))?/g;

/** Hides the values of fields completely: in JSON, even broken, in forms, queries and multipart bodies, in XML, in plain text. */
export function passwordHider(names: readonly string[]): (text: string) => string {
  if (names.length === 0) return (text) => text;
  // The longer of two names that begin alike first: what follows the shorter is no value.
  const name = `(?:${names.toSorted((one, other) => other.length - one.length).join('|')})`;
  const isName = new RegExp(`${name}$`, 'iu');
  const hidePair = (pair: string): string => {
    const place = pair.indexOf('=');
    const encoded = pair.slice(0, Math.max(place, 0));
    return isName.test(decodedPercents(encoded)) ? `${encoded}=${hidden}` : pair;
  };
  const hidePairs = (text: string) => (text.includes('%') ? text.replace(pairs, hidePair) : text);
  return (text) => hideValues(hidePairs(text), new RegExp(name, foldingCase));
}

function hideValues(text: string, name: RegExp): string {
  let shown = '';
  let done = 0;
  for (let found = name.exec(text); found !== null; found = name.exec(text)) {
    // What follows the end of an element is no value.
    if (/<\/[\w.:-]*$/.test(text.slice(Math.max(found.index - mostBetween, 0), found.index))) continue;
    const value = valueAt(text, name.lastIndex, /["']/.test(text[found.index - 1] ?? ''));
    if (value === undefined) continue;
    shown += text.slice(done, value.start) + hidden;
    done = value.end;
    name.lastIndex = done;
  }
  return shown + text.slice(done);
}

function valueAt(text: string, after: number, isQuoted: boolean): { readonly start: number; readonly end: number } | undefined {
  for (const form of forms) {
    if (form.isQuoted === true && !isQuoted) continue;
    form.between.lastIndex = after;
    if (!form.between.test(text)) continue;
    const start = form.between.lastIndex;
    return { start, end: form.endOf(text, start) };
  }
  return undefined;
}

const string = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/y;
const literal = /(?:null|true|false|-?\d[\d.eE+-]*)(?=\s*(?:[,}\]\r\n]|$))/y;
/** A block of YAML: lines that are indented, or empty. */
const block = /[|>][+-]?\d?[^\S\r\n]*\r?\n(?:[^\S\r\n][^\r\n]*(?:\r?\n|$)|\r?\n)*/y;
const line = /[^\r\n]*/y;
const word = /[^&\s"'<>]*/y;
/** What opens or closes a list or an object, and the strings in it. */
const brackets = /[[{]|[\]}]|"(?:[^"\\]|\\[\s\S])*(?:"|$)/g;

function endOfValue(text: string, start: number): number {
  if (text[start] === '[' || text[start] === '{') return endOfNested(text, start);
  return endAt(text, start, [string, literal, block]) ?? endAt(text, start, [line]) ?? text.length;
}

function endOfLine(text: string, start: number): number {
  return endAt(text, start, [string, line]) ?? text.length;
}

function endOfWord(text: string, start: number): number {
  return endAt(text, start, [string, word]) ?? text.length;
}

function endAt(text: string, start: number, patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return undefined;
}

/** The end of a list or an object, or of a text in which it does not end. */
function endOfNested(text: string, start: number): number {
  brackets.lastIndex = start;
  let depth = 0;
  for (let found = brackets.exec(text); found !== null; found = brackets.exec(text)) {
    if ('[{'.includes(found[0])) depth += 1;
    else if (']}'.includes(found[0])) depth -= 1;
    if (depth === 0) return brackets.lastIndex;
  }
  return text.length;
}

function endOfPart(text: string, start: number): number {
  const end = text.indexOf('\n--', start);
  return end === -1 ? text.length : end - (text[end - 1] === '\r' && end > start ? 1 : 0);
}

/** Sections of CDATA are part of the value. */
function endOfElement(text: string, start: number): number {
  const end = text.indexOf('</', start);
  return end === -1 ? text.length : end;
}
