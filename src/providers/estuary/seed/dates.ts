import { toTrimmedIso } from '../../../clock.ts';
import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { readInstant } from '../../../provider/seed/keys.ts';

/** A date of a seed as the wire writes it. Undefined if it is left out; reported at `path` if it is not a date. */
export function dateOf(text: string | undefined, path: SeedPath, context: SeedContext): string | undefined {
  const instant = readInstant(text, path, context);
  return instant === undefined ? undefined : toTrimmedIso(instant);
}
