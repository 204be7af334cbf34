import type { IssuedKey } from '../../client/types.ts';
import { issuedKeys } from './secrets.ts';
import { lists } from './store.ts';

export type Issued = IssuedKey;

/** Shows a key that was just issued at once, and keeps its secret while this tab lives. */
export async function takeIssued(answer: Promise<Issued>): Promise<Issued> {
  const issued = await answer;
  issuedKeys.value = [issued, ...issuedKeys.value];
  lists.value = { ...lists.value, keys: new Map([...lists.value.keys, [issued.key.id, issued.key]]) };
  return issued;
}
