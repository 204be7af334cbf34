import { type Static, Type } from 'typebox';
import { toIso } from '../clock.ts';
import { type ApiKey, effectiveState } from '../core/api-key.ts';
import type { Entry } from '../journal/entry.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { Key, keyStates } from './schemas.ts';
import { presentsNoKey, sentenceOf, verdictOf, verdicts } from './verdicts.ts';
import { keyView } from './views.ts';

/** A key that the credential of a refused request belongs to, though it could not be accepted. */
const NearlyKey = Type.Object({
  why: Words(['another provider', 'another world', 'wrong scheme']),
  world: Type.String(),
  provider: Type.String(),
  key: Type.String({ description: 'Its id' }),
  hint: Type.String(),
  state: Words(keyStates),
});

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
    answer: Type.Object({ status: Type.Integer(), code: Nullable(Type.String()) }),
  },
  { title: 'Explanation' },
);
type Explanation = Static<typeof Explanation>;
type Nearly = Static<typeof NearlyKey>;

/** Explains a journal entry. Looks in this world, then in the others, for the keys that its credential was probably meant to present. */
export async function explain(entry: Entry, world: World, worlds: readonly World[]): Promise<Explanation> {
  const { at, provider, operation, key, faults, status, code, required, isPermitted } = entry;
  const { mount, credential } = entry.texts.head();
  const nearly = await nearlyOf(entry, world, worlds);
  const verdict = verdictOf(entry, nearly[0]);
  return {
    verdict,
    sentence: sentenceOf(verdict, entry, nearly[0]),
    mount: { by: mount.by, world: world.name, provider, target: mount.target },
    credential: credential === null ? null : { ...credential },
    key: key === null ? null : keyView(key, at),
    nearly,
    clock: toIso(at),
    // The operation itself may require more than its route does.
    permission: isPermitted === null ? null : { required, granted: isPermitted && code !== 'permission_denied' },
    operation,
    faults: [...faults],
    answer: { status, code },
  };
}

/** The keys that a refused request nearly presented: those of this world, or if there are none, those of other worlds. */
async function nearlyOf(entry: Entry, world: World, worlds: readonly World[]): Promise<Nearly[]> {
  if (!presentsNoKey(entry)) return [];
  const here = await nearlyIn(world, entry, (key) => (key.provider === entry.provider ? 'wrong scheme' : 'another provider'));
  if (here.length > 0) return here;
  const others = worlds.filter((one) => one !== world);
  return (await Promise.all(others.map((one) => nearlyIn(one, entry, () => 'another world')))).flat();
}

async function nearlyIn(
  { name, clock, store }: World,
  { texts }: Entry,
  whyOf: (key: ApiKey) => Nearly['why'],
): Promise<Nearly[]> {
  const now = clock.now();
  const found = await Promise.all(texts.head().candidates.map((hash) => store.keys.find({ hash })));
  return found.flat().map((key) => {
    const { provider, id, hint } = key;
    return { why: whyOf(key), world: name, provider, key: id, hint, state: effectiveState(key, now) };
  });
}
