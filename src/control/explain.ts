import { type Static, Type } from 'typebox';
import { toIso } from '../clock.ts';
import { type ApiKey, effectiveState } from '../core/api-key.ts';
import { effectiveStates } from '../core/key-state.ts';
import type { Candidate, Entry } from '../journal/entry.ts';
import type { Provider } from '../provider/provider.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { Key } from './schemas.ts';
import type { ControlParts } from './scope.ts';
import { type Advice, type Nearness, presentsNoKey, sentenceOf, verdictOf, verdicts } from './verdicts.ts';
import { keyView } from './views.ts';

/** A key that the credential of a refused request belongs to, though it could not be accepted. */
const NearlyKey = Type.Object({
  why: Words(['another provider', 'another world', 'stray characters', 'wrong scheme']),
  world: Type.String(),
  provider: Type.String(),
  key: Type.String({ description: 'Its id' }),
  hint: Type.String(),
  state: Words(effectiveStates),
});

const Answer = Type.Object({ status: Type.Integer(), code: Nullable(Type.String()) });

/** Why a request was answered as it was. */
export const Explanation = Type.Object(
  {
    verdict: Words(verdicts),
    sentence: Type.String({ description: 'The verdict for a person' }),
    mount: Type.Object({
      by: Type.String(),
      world: Type.String(),
      provider: Nullable(Type.String({ description: 'Null if no provider owns the path' })),
      target: Type.String(),
    }),
    credential: Nullable(Type.Object({ from: Type.String(), hint: Type.String(), problem: Nullable(Type.String()) })),
    key: Nullable(Key),
    nearly: Type.Array(NearlyKey, {
      description: 'Keys that the credential belongs to elsewhere, or would present under another scheme',
    }),
    clock: Type.String({ format: 'date-time', description: 'The instant that decided' }),
    permission: Nullable(Type.Object({ required: Nullable(Type.String()), granted: Type.Boolean() })),
    operation: Nullable(Type.String()),
    faults: Type.Array(Type.String()),
    answer: Answer,
    truth: Nullable(Answer),
  },
  { title: 'Explanation' },
);
type Explanation = Static<typeof Explanation>;
type Nearly = Static<typeof NearlyKey>;

/** Explains a journal entry. Looks in this world, then in the others, for the keys that its credential was probably meant to present. */
export async function explain(entry: Entry, world: World, { worlds, providers }: Surroundings): Promise<Explanation> {
  const { at, provider, operation, key, faults, status, code, required, isPermitted, decision } = entry;
  const { mount, credential } = entry.texts.head();
  const nearly = await nearlyOf(entry, world, worlds.all());
  const verdict = verdictOf(entry, nearly[0]);
  const advice = await adviceOn(entry, world, providers);
  return {
    verdict,
    sentence: sentenceOf(verdict, entry, nearly[0], advice),
    mount: { by: mount.by, world: world.name, provider, target: mount.target },
    credential: credential === null ? null : { ...credential },
    key: key === null ? null : keyView(key, at),
    nearly: nearly.map(({ named: _named, dirt: _dirt, ...shown }) => shown),
    clock: toIso(at),
    // The operation itself may require more than its route does.
    permission: isPermitted === null ? null : { required, granted: isPermitted && code !== 'permission_denied' },
    operation,
    faults: [...faults],
    answer: { status, code },
    truth: decision && { ...decision.truth },
  };
}

/** What an explanation looks at besides its own world. */
export type Surroundings = Pick<ControlParts, 'worlds' | 'providers'>;

/** How the provider's keys are presented, by a seeded credential, and what grants what was required, in the provider's words. */
async function adviceOn({ provider: name, required }: Entry, world: World, providers: readonly Provider[]): Promise<Advice> {
  const { secret = null, header = null } = name === null ? {} : ((await world.presented()).get(name) ?? {});
  const wanted = header === null || secret === null ? null : `${header.name}: ${header.value.replace(secret, '<key>')}`;
  const provider = providers.find((one) => one.name === name);
  return { wanted, grantedBy: required === null ? null : (provider?.grantedBy?.(required) ?? null) };
}

/** A key with what the sentence says of it. */
type Found = Nearly & Nearness;

/** The keys that a refused request nearly presented: those of this world, or if there are none, those of other worlds. */
async function nearlyOf(entry: Entry, world: World, worlds: readonly World[]): Promise<Found[]> {
  if (!presentsNoKey(entry)) return [];
  const here = await nearlyIn(world, entry, (key, { dirt }) => {
    if (key.provider !== entry.provider) return 'another provider';
    return dirt === null ? 'wrong scheme' : 'stray characters';
  });
  if (here.length > 0) return here;
  const others = worlds.filter((one) => one !== world);
  return (await Promise.all(others.map((one) => nearlyIn(one, entry, () => 'another world')))).flat();
}

async function nearlyIn(
  { name, clock, store }: World,
  { texts }: Entry,
  whyOf: (key: ApiKey, candidate: Candidate) => Nearly['why'],
): Promise<Found[]> {
  const now = clock.now();
  const found = texts.head().candidates.map(async (candidate) => {
    const keys = await store.keys.find({ hash: candidate.hash });
    return keys.map((key): Found => {
      const { provider, id, hint } = key;
      const why = whyOf(key, candidate);
      return { why, world: name, provider, key: id, hint, state: effectiveState(key, now), named: key, dirt: candidate.dirt };
    });
  });
  return (await Promise.all(found)).flat();
}
