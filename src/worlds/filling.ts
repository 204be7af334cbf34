import type { Instant } from '../clock.ts';
import { draftKey } from '../core/key-service.ts';
import { pausing } from '../core/pieces.ts';
import { hashSecret } from '../core/secret.ts';
import type { ProviderRecords, SeedKey } from '../core/world-store.ts';
import type { Provider } from '../provider/provider.ts';
import type { ProviderSeed, SeedCredential, SeedExtent } from '../provider/seed/format.ts';
import { readReporting, type Seeds } from './seeds.ts';

/** What a world is filled with. */
export interface Filling {
  readonly seeds: Seeds;
  readonly extent: SeedExtent;
}

/** What is known of what a store was filled with. */
interface Filled extends Filling {
  /** Whether a key of a provider has this secret. */
  knowsSecret(hash: string): boolean;
}

/** The records that fill a world at an instant, by provider, made in pieces. Throws SeedError. */
export function recordsOf(providers: readonly Provider[], filling: Filling, now: Instant): Promise<ProviderRecords[]> {
  return Promise.all(
    providers.map(async (provider) => {
      const pause = pausing();
      const { keys: drafts, resources } = await seedOf(provider, filling, now);
      const keys: SeedKey[] = [];
      for (const draft of drafts) {
        const waiting = pause();
        if (waiting !== undefined) await waiting;
        keys.push({ key: draftKey(provider.name, draft, now), keptSecret: draft.keepSecret ? draft.secret : null });
      }
      await pause();
      return { provider: provider.name, keys, resources };
    }),
  );
}

/**
 * The seeded credentials of a provider. The store decides what it was filled with: a snapshot, or a file that is opened again,
 * may hold less than the seed does. Throws SeedError.
 */
export async function credentialsOf(provider: Provider, filled: Filled, now: Instant): Promise<readonly SeedCredential[]> {
  const { seeds, extent } = filled;
  const { credentials: everyone } = await seedOf(provider, { seeds, extent: 'everything' }, now);
  const { credentials: first } = await seedOf(provider, { seeds, extent: 'bootstrap' }, now);
  const isStored = ({ secret }: SeedCredential) =>
    secret !== null && filled.knowsSecret(hashSecret(provider.normalizeSecret?.(secret) ?? secret));
  const later = everyone.filter(({ secret }) => secret !== null && !first.some((one) => one.secret === secret));
  const isEverything = later.length === 0 ? extent === 'everything' : later.some(isStored);
  return (isEverything ? everyone : first).filter((credential) => credential.secret === null || isStored(credential));
}

function seedOf(provider: Provider, { seeds, extent }: Filling, now: Instant): Promise<ProviderSeed> {
  return readReporting(provider.name, now, (context) => seeds.read(provider, extent, context));
}
