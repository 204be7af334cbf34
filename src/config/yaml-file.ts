import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** What a YAML or JSON file holds, and where in it. */
export interface YamlFile {
  /** Null for an empty file. */
  readonly content: unknown;
  /** The line (from 1) of what lies at a path, or of what it would lie in; undefined for an empty file. */
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/**
 * Reads a file; JSON is YAML too, so one parser reads both. To be imported where there is a file to read: the parser is large.
 * Throws Error, one line.
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

/** The parser refuses aliases that would grow without end only when they are followed. */
function toPlain(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new Error(String(error instanceof Error ? error.message : error).split('\n', 1)[0]);
  }
}
