import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { type Function as FunctionNode, parseSync, Visitor } from 'oxc-parser';
import { root } from '../../src/package.ts';

/** An import of one file by another, types included. */
export interface Import {
  readonly from: string;
  /** A file of `src`, or what is imported from outside. */
  readonly target: string;
}

/** A function, named or not, and how many lines it stands on. */
export interface FunctionOnLines {
  readonly file: string;
  readonly name: string;
  readonly lines: number;
}

export const source = join(root, 'src');

/** Every file of the program, as a path below `src`. */
export const files: readonly string[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.split(sep).join('/'));

const texts = new Map(files.map((file) => [file, readFileSync(join(source, file), 'utf8')]));
const parsed = new Map(files.map((file) => [file, parseSync(file, textOf(file))]));

export const imports: readonly Import[] = files.flatMap((file) =>
  requestedBy(file).map((request) => ({
    from: file,
    target: request.startsWith('.') ? posix.join(dirname(file), request) : request,
  })),
);
export const importsInside = imports.filter(({ target }) => files.includes(target));

/** Imports whose module is computed, as they are written. Nothing can tell where they lead. */
export const computedImports: readonly Import[] = files.flatMap((file) => {
  const expressions =
    parsed.get(file)?.module.dynamicImports.map(({ moduleRequest: { start, end } }) => textOf(file).slice(start, end)) ?? [];
  return expressions.filter((one) => literal(one) === undefined).map((target) => ({ from: file, target }));
});

export const functions: readonly FunctionOnLines[] = files.flatMap(functionsOf);

export function textOf(file: string): string {
  return texts.get(file) ?? '';
}

/** A file without its comments. */
export function codeOf(file: string): string {
  const text = textOf(file);
  const comments = parsed.get(file)?.comments ?? [];
  return comments.reduceRight((code, { start, end }) => code.slice(0, start) + code.slice(end), text);
}

/** The names that a file exports, types included. */
export function exportsOf(file: string): string[] {
  const exported = parsed.get(file)?.module.staticExports.flatMap(({ entries }) => entries) ?? [];
  return exported.flatMap(({ exportName }) => exportName.name ?? exportName.kind.toLowerCase());
}

/** The room that a file is in; a file beside the rooms is one by itself. */
export function roomOf(file: string): string {
  return file.split('/')[0]?.replace(/\.tsx?$/, '') ?? file;
}

/** The provider that a file belongs to. */
export function providerOf(file: string): string | undefined {
  return /^providers\/([^/]+)\//.exec(file)?.[1];
}

export function linesOf(file: string): number {
  return textOf(file).trimEnd().split('\n').length;
}

/** What a file imports, exports again or adds to, as it is written there. */
function requestedBy(file: string): string[] {
  const module = parsed.get(file)?.module;
  const imported = module?.staticImports.map(({ moduleRequest }) => moduleRequest.value) ?? [];
  const exported = module?.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)) ?? [];
  const later = module?.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(textOf(file).slice(start, end))) ?? [];
  return [...imported, ...exported, ...later, ...inPlaceOf(file)].filter((request) => request !== undefined);
}

/** Modules that a file names without an import statement: `import('…').Name` as a type, and `declare module '…'`. */
function inPlaceOf(file: string): string[] {
  const found: string[] = [];
  new Visitor({
    TSImportType: ({ source: { value } }) => void found.push(value),
    TSModuleDeclaration: ({ id }) => void (id.type === 'Literal' && found.push(id.value)),
  }).visit(programOf(file));
  return found;
}

function literal(expression: string): string | undefined {
  return /^'([^']+)'$/.exec(expression)?.[1];
}

function programOf(file: string) {
  const program = parsed.get(file)?.program;
  if (program === undefined) throw new Error(`${file} was not read`);
  return program;
}

function functionsOf(file: string): FunctionOnLines[] {
  const text = textOf(file);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const found: FunctionOnLines[] = [];
  const measure = ({ start, end, id }: Pick<FunctionNode, 'start' | 'end'> & { readonly id?: FunctionNode['id'] }) => {
    found.push({ file, name: id?.name ?? `line ${lineAt(start)}`, lines: lineAt(end) - lineAt(start) + 1 });
  };
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: ({ start, end }) => measure({ start, end }),
  }).visit(programOf(file));
  return found;
}
