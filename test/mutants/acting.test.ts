import { describe, expect, test } from 'vitest';
import { mutantNames } from '../../src/provider/mutants.ts';
import { loadProviders } from '../../src/providers/index.ts';
import type { TestEmulator } from '../support/emulator.ts';
import { latchkeys, reachedIn, reportOf } from './latchkeys.ts';
import { allScenes, scenesOf } from './scenes/index.ts';

const latchkey = latchkeys();

/** What the journal says of mutants, the oldest first, without the requests that none decided. */
async function decidedIn({ request }: TestEmulator) {
  const { body } = await request.get('/_latchkey/requests').expect(200);
  const entries: readonly { readonly id: string; readonly mutant: string | null }[] = body.requests;
  return entries.filter(({ mutant }) => mutant !== null).toReversed();
}

describe.each(allScenes)('$id', ({ provider, scene }) => {
  test('none counts it, and changes nothing', async () => {
    const lk = await latchkey('none');
    const before = await reachedIn(lk, scene.mutant, provider);
    expect(await scene.play(lk)).toEqual(scene.truth);
    expect(await reachedIn(lk, scene.mutant, provider)).toBeGreaterThan(before);
    expect((await reportOf(lk)).acted).toBe(0);
    expect(await decidedIn(lk)).toEqual([]);
  });

  test('acts, and says so', async () => {
    const lk = await latchkey(scene.mutant, provider);
    const before = (await reportOf(lk)).acted;
    expect(await scene.play(lk)).toEqual(scene.mutated);
    const decided = await decidedIn(lk);
    expect(decided.length).toBeGreaterThan(0);
    expect((await reportOf(lk)).acted).toBe(before + decided.length);
    for (const entry of decided) await expectDecided(lk, entry.id);
  });

  test('leaves other providers alone', async () => {
    const lk = await latchkey(scene.mutant, provider === 'kps' ? 'estuary' : 'kps');
    const before = (await reportOf(lk)).acted;
    expect(await scene.play(lk)).toEqual(scene.truth);
    expect((await reportOf(lk)).acted).toBe(before);
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
    const { mutant, provider: only, evidence } = await reportOf(lk);
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
