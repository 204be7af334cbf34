import { draftIn } from '../faults/draft.ts';

/** The body that makes a world with the seed that a text holds: empty without one, undefined if it is not the JSON of a seed. */
export function seedIn(text: string): { readonly seed?: object } | undefined {
  if (text.trim() === '') return {};
  const seed = draftIn(text);
  return seed === undefined ? undefined : { seed };
}
