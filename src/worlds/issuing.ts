import { randomUUID } from 'node:crypto';
import type { Instant } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import type { Contents } from './contents.ts';
import { type IssuedKey, readReporting } from './seeds.ts';

/** A key to be issued, described as in a seed. */
export interface DescribedKey {
  readonly provider: string;
  /** Undefined for a provider that is not running. */
  readonly seeds: Provider['seeds'] | undefined;
  readonly description: unknown;
  readonly now: Instant;
}

/** Issues a key that is described as in a seed. Throws as `World.addKey` does. */
export async function issueDescribed(
  contents: Contents,
  { provider, seeds, description, now }: DescribedKey,
): Promise<IssuedKey> {
  const keys = contents.keys(provider);
  const surroundings = { existing: contents.resources(provider), salt: randomUUID() };
  const read = await readReporting(provider, now, async (context) => seeds?.readKey(description, context), surroundings);
  if (read === undefined) throw new RangeError(`no provider ${provider} is running`);
  return { key: await keys.issue(read.draft, now), credential: read.credential };
}
