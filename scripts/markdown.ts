import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a Markdown file: ```` ```yaml seed.yaml ```` has a language and the name of the file that it shows. */
export interface CodeBlock {
  readonly language: string;
  readonly file: string | undefined;
  readonly code: string;
  /** The line of its first fence; the first line is 1. */
  readonly line: number;
}

/** The languages of blocks. `.ci/documents.mjs` says what is done with each. */
export const languages: ReadonlySet<string> = new Set(['sh', 'js', 'yaml', 'json']);

/** The pages whose code is executed, relative to the root of the repository. */
export function pagesWithCode(root: string): readonly string[] {
  return ['README.md', 'CONTRIBUTING.md', ...found(root, 'docs/*.md'), ...found(root, 'examples/**/README.md')];
}

/** Every Markdown file of the repository, written or generated. */
export function allPages(root: string): readonly string[] {
  return [
    ...pagesWithCode(root),
    ...['CHANGELOG.md', 'RELEASE.md', 'SECURITY.md', 'SUPPORTED.md'],
    ...found(root, 'docs/decisions/*.md'),
    ...found(root, 'src/providers/*/FIDELITY.md'),
  ];
}

export function readPage(root: string, page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** The fenced blocks of a page. Throws if a fence is indented or not closed, because its code would not be executed. */
export function codeBlocksOf(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly info: string; readonly line: number; readonly code: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const fence = /^(\s*)```(.*)$/.exec(text);
    if (fence === null) open?.code.push(text);
    else if (fence[1] !== '') throw new Error(`line ${index + 1}: a fence has to be at the start of its line`);
    else if (open === undefined) open = { info: fence[2] ?? '', line: index + 1, code: [] };
    else {
      const [language = '', file] = open.info.split(' ');
      blocks.push({ language, file, code: `${open.code.join('\n')}\n`, line: open.line });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`line ${open.line}: the fence is not closed`);
  return blocks;
}

/** A page without its fenced blocks. */
export function proseOf(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The targets of a page's links, without those to other sites. */
export function linksOf(markdown: string): readonly string[] {
  const links = [
    ...proseOf(markdown)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ];
  return links.map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a link to this page may name: its headings, as GitHub writes them, and explicit anchors. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const prose = proseOf(markdown);
  const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return new Set([...headings, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

function found(root: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root, exclude: (name) => name.includes('node_modules') }).toSorted();
}
