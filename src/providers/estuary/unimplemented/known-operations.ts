import type { KnownOperation } from '../../../provider/operations.ts';
import type { Level } from '../wire/route-groups.ts';

/** Names operations that are known and not emulated, one a path; `none` lets everybody in. */
export function known(demand: Level | 'none', method: KnownOperation['method'], paths: readonly string[]): KnownOperation[] {
  return paths.map((path) => ({
    id: idOf(method, path),
    method,
    path,
    ...(demand === 'none' ? { auth: demand } : { requires: demand }),
  }));
}

/** What the vendor's generated clients call an operation, which has no id of its own: `GET /content/by-cid/{cid}` is `contentByCidCidGet`. */
function idOf(method: string, path: string): string {
  const words = [...path.split(/[^A-Za-z0-9]+/), method.toLowerCase()].filter((word) => word !== '');
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
