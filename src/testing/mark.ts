import { relative } from 'node:path';
import { cwd } from 'node:process';

/** The most characters that a mark may have. */
const longest = 500;

/** What the requests of a test are marked with: `file > test`, cut if it is too long. */
export function markOf(file: string, ...names: readonly (string | undefined)[]): string {
  const given = names.filter((name) => name !== undefined && name !== '');
  const characters = [...[relative(cwd(), file).replaceAll('\\', '/'), ...given].join(' > ')];
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}
