import type { KnownOperation } from '../../../provider/operations.ts';
import type { Level } from '../wire/route-groups.ts';

/** Operations that are known but not emulated, one for each path. `requires` is a level, or `none` if no key is needed. */
export function known(requires: Level | 'none', method: KnownOperation['method'], paths: readonly string[]): KnownOperation[] {
  return paths.map((path) => ({
    id: idOf(method, path),
    method,
    path,
    ...(requires === 'none' ? { auth: requires } : { requires }),
  }));
}

/**
 * The name of an operation in the vendor's generated clients, since the documentation gives it no id:
 * `GET /content/by-cid/{cid}` is `contentByCidCidGet`.
 */
function idOf(method: string, path: string): string {
  const words = [...path.split(/[^A-Za-z0-9]+/), method.toLowerCase()].filter((word) => word !== '');
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
