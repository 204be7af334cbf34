import { afterAll, describe, expect, test } from 'vitest';
import { type ChosenMutant, mutantNames } from '../../src/provider/mutants.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { epoch, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { allScenes, scenesOf } from './scenes/index.ts';

/** One emulator for each mutant that was set, by its id. */
const running = new Map<string, Promise<TestEmulator>>();

/** The emulator with a mutant, as at its start. */
async function latchkey({ name, provider }: ChosenMutant): Promise<TestEmulator> {
  const id = `${name}@${provider}`;
  const starting = running.get(id) ?? startTestEmulator({ mutant: { name, provider } });
  running.set(id, starting);
  const lk = await starting;
  await lk.world.reset('everything');
  lk.world.clock.freeze();
  lk.world.clock.set(epoch);
  return lk;
}

afterAll(async () => {
  for (const starting of running.values()) await (await starting).close();
});

/** How often each mutant would have acted, by its id. */
async function reached({ gate }: TestEmulator): Promise<Map<string, number>> {
  const { reachable = [] } = (await gate.report?.()) ?? {};
  return new Map(reachable.map(({ mutant, provider, times }) => [`${mutant}@${provider}`, times]));
}

async function acted({ gate }: TestEmulator): Promise<number> {
  return (await gate.report?.())?.acted ?? Number.NaN;
}

/** What the journal says of mutants, the oldest first, without the requests that none decided. */
async function decidedIn({ request }: TestEmulator) {
  const { body } = await request.get('/_latchkey/requests').expect(200);
  const entries: readonly { readonly id: string; readonly mutant: string | null }[] = body.requests;
  return entries.filter(({ mutant }) => mutant !== null).toReversed();
}

describe.each(allScenes)('$id', ({ id, provider, scene }) => {
  test('none counts it, and changes nothing', async () => {
    const lk = await latchkey({ name: 'none', provider: null });
    const before = (await reached(lk)).get(id) ?? 0;
    expect(await scene.play(lk)).toEqual(scene.truth);
    expect((await reached(lk)).get(id)).toBeGreaterThan(before);
    expect(await acted(lk)).toBe(0);
    expect(await decidedIn(lk)).toEqual([]);
  });

  test('acts, and says so', async () => {
    const lk = await latchkey({ name: scene.mutant, provider });
    const before = await acted(lk);
    expect(await scene.play(lk)).toEqual(scene.mutated);
    const decided = await decidedIn(lk);
    expect(decided.length).toBeGreaterThan(0);
    expect(await acted(lk)).toBe(before + decided.length);
    for (const entry of decided) await expectDecided(lk, entry.id);
  });

  test('leaves other providers alone', async () => {
    const lk = await latchkey({ name: scene.mutant, provider: provider === 'kps' ? 'estuary' : 'kps' });
    const before = await acted(lk);
    expect(await scene.play(lk)).toEqual(scene.truth);
    expect(await acted(lk)).toBe(before);
    expect(await decidedIn(lk)).toEqual([]);
  });

  /** Compares the journal, the answer's header, the explanation and the report. */
  async function expectDecided(lk: TestEmulator, entry: string): Promise<void> {
    const { body } = await lk.request.get(`/_latchkey/requests/${entry}`).expect(200);
    const { code, truth, mutated } = scene;
    expect(body).toMatchObject({ provider, mutant: scene.mutant, status: mutated.decided });
    expect(body.responseHeaders['x-latchkey-mutant']).toBe(scene.mutant);
    const told = { status: truth.decided, code };
    expect(body.explanation).toMatchObject({ verdict: 'mutated', truth: told, answer: { status: mutated.decided } });
    expect(body.explanation.sentence).toMatch(/; this latchkey was told to .*\.$/);
    const { mutant, provider: only, evidence = [] } = (await lk.gate.report?.()) ?? {};
    expect({ mutant, only }).toEqual({ mutant: scene.mutant, only: provider });
    const found = evidence.findLast(({ request }) => request === entry);
    expect(found).toEqual({
      request: entry,
      mark: null,
      provider,
      operation: body.operation,
      method: body.method,
      path: body.path,
      key: found?.key,
      truth: told,
      answered: mutated.decided,
      says: body.explanation.sentence,
    });
  }
});

test('every mutant that applies to a provider has a scene, and the others say why they do not', async () => {
  for (const { name, mutability } of await loadProviders()) {
    const scenes = scenesOf[name] ?? [];
    const without = mutantNames.filter((mutant) => !scenes.some((scene) => scene.mutant === mutant));
    const { 'accept-suspended': _reached, ...notApplicable } = mutability.notApplicable;
    expect(without.toSorted(), name).toEqual(Object.keys(notApplicable).toSorted());
    for (const reason of Object.values(mutability.notApplicable)) expect(reason).toMatch(/^[a-z].*[a-z]$/);
  }
});
