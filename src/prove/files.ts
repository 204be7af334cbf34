import { readdir } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';

/**
 * The files that a pattern names: `*` and `?` stand for letters of a name, `**` for folders, `{a,b}` for one of some texts. Node's own
 * warns in its early versions that it may change. `**` passes over what nobody writes reports to.
 */
export function filesLike(pattern: string, folder: string): AsyncGenerator<string> {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  return filesBelow(isAbsolute(pattern) ? sep : folder, parts);
}

async function* filesBelow(folder: string, [part, ...rest]: readonly string[]): AsyncGenerator<string> {
  if (part === undefined) return;
  const isLast = rest.length === 0;
  if (!/[*?{]/.test(part)) {
    const path = join(folder, part);
    yield* isLast ? [path] : filesBelow(path, rest);
    return;
  }
  if (part === '**') yield* filesBelow(folder, isLast ? ['*'] : rest);
  const isMeant = part === '**' ? (name: string) => !['node_modules', '.git'].includes(name) : likeness(part);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter(({ name }) => isMeant(name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, part === '**' ? [part, ...rest] : rest);
    else if (isLast && part !== '**') yield path;
  }
}

function likeness(part: string): (name: string) => boolean {
  const pieces = part.split(/(\*+|\?|[{},])/);
  let depth = 0;
  const source = pieces.map((piece) => {
    if (piece.startsWith('*')) return '.*';
    if (piece === '?') return '.';
    if (piece === '{') depth += 1;
    if (piece === '}') depth -= 1;
    if (piece === '{') return '(?:';
    if (piece === '}') return ')';
    if (piece === ',' && depth > 0) return '|';
    return piece.replaceAll(/[\\^$.()|[\]+]/g, '\\$&');
  });
  const expression = depth === 0 ? new RegExp(`^${source.join('')}$`) : undefined;
  return (name) => (expression === undefined ? name === part : expression.test(name));
}
