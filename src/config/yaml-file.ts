import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { fileProblem } from './system-words.ts';
import { aliasProblem, yamlProblem } from './yaml-words.ts';

/** The content of a YAML or JSON file, and where in the file each part of it is. */
export interface YamlFile {
  /** Null for an empty file. */
  readonly content: unknown;
  /** The line, from 1, of the value at a path, or of the nearest value above it; undefined for an empty file. */
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/**
 * Reads a file. One parser reads both, because JSON is YAML. Import this only when there is a file to read: the parser is large.
 * Throws an Error with a message of one line.
 */
export function readYamlFile(name: string, folder: string): YamlFile {
  const lines = new LineCounter();
  // A key << takes in the fields of the mapping that it refers to, as in YAML 1.1.
  const document = parseDocument(readText(resolve(folder, name)), { lineCounter: lines, merge: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(`line ${lines.linePos(problem.pos[0]).line}: ${yamlProblem(problem.code)}`);
  return {
    content: toPlain(() => document.toJS()),
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
  };
}

function readText(file: string): string {
  const bytes = readBytes(file);
  const [first, second] = bytes;
  // A byte order mark, or a zero byte in the first character of a text: YAML and JSON begin with ASCII.
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
  if (isUtf16) throw new Error('the file is UTF-16: save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('the file is not UTF-8: save it as UTF-8');
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(fileProblem(error));
  }
}

/** Aliases are expanded here; the parser refuses those that would grow without limit. */
function toPlain(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new Error(aliasProblem(error));
  }
}
