import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';

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
  const text = readFileSync(resolve(folder, name), 'utf8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(problem.message.split('\n', 1)[0]);
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

/** Only here, when it follows aliases, does the parser refuse those that would grow without end. */
function toPlain(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new Error(String(error instanceof Error ? error.message : error).split('\n', 1)[0]);
  }
}
