import { randomUUID } from 'node:crypto';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { Provider } from '../provider/provider.ts';
import type { KeyWords } from '../provider/seed/format.ts';
import { seedLife } from '../provider/seed/keys.ts';
import { type IssuedKey, readReporting } from './seeds.ts';
import type { World } from './world.ts';

/** What is asked of a successor. */
export interface SuccessorTerms {
  /** If omitted: the name of the key, or the next free one after it where the provider allows each name once. */
  readonly name?: string;
  /** If omitted: it lives as long as the key. */
  readonly expiresIn?: string;
}

/** A world, and the instant at which the key is issued. */
interface IssuingWorld extends Pick<World, 'contents'> {
  readonly now: Instant;
}

/** Names are counted up this far. */
const mostNames = 1000;

/**
 * Issues a key like another: of the same owner and tenant, with the same grants. Undefined if the owner is gone. Throws SeedError
 * for terms that do not fit and for grants that are gone, and the errors of the provider's own limits: key_limit_reached,
 * key_name_taken, request_malformed.
 */
export async function issueSuccessor(
  key: ApiKey,
  provider: Provider,
  world: IssuingWorld,
  terms: SuccessorTerms,
): Promise<IssuedKey | undefined> {
  const { contents } = world;
  const described = await provider.seeds.describeKey(key, contents.resources(provider.name));
  if (described === undefined) return undefined;
  const lasting = Object.entries(described).filter(([field]) => !Object.hasOwn(seedLife, field));
  const words = { ...Object.fromEntries(lasting), ...lifeOf(key, terms) };
  for (const name of namesAfter(key, terms)) {
    const named = name === undefined ? words : { ...words, name };
    const issued = await issue(named, provider, { contents, now: world.now }).catch((error: unknown) => {
      if (terms.name === undefined && error instanceof EmulatorError && error.code === 'key_name_taken') return undefined;
      throw error;
    });
    if (issued !== undefined) return issued;
  }
  throw new EmulatorError('key_name_taken', { name: key.name ?? '' });
}

async function issue(words: KeyWords, provider: Provider, { contents, now }: IssuingWorld): Promise<IssuedKey | undefined> {
  const existing = contents.resources(provider.name);
  const surroundings = { existing, salt: randomUUID() };
  const read = await readReporting(provider.name, now, (context) => provider.seeds.readKey(words, context), surroundings);
  if (read === undefined) return undefined;
  const admission = await provider.admissionOf?.(read.draft, existing);
  return { key: await contents.keys(provider.name).issue(read.draft, now, admission), credential: read.credential };
}

/** As long a life as that of the key; without one that lies ahead, the provider's own default. */
function lifeOf({ createdAt, expiresAt }: ApiKey, { expiresIn }: SuccessorTerms): KeyWords {
  if (expiresIn !== undefined) return { expiresIn };
  return expiresAt === null || expiresAt <= createdAt ? {} : { expiresIn: `${expiresAt - createdAt}ms` };
}

/** The names to be tried: `nightly`, `nightly-2`, `nightly-3`. Undefined: the name of the description, if it has one. */
function* namesAfter({ name }: ApiKey, terms: SuccessorTerms): Iterable<string | undefined> {
  yield terms.name;
  if (terms.name !== undefined || name === null) return;
  const [, base = name, number = '1'] = /^(.+)-(\d{1,6})$/.exec(name) ?? [];
  for (let next = Number(number) + 1; next <= Number(number) + mostNames; next++) yield `${base}-${next}`;
}
