import type { TestEmulator } from '../support/emulator.ts';

/** Everything that a call of the control plane may change, as one text. The clock must be frozen. */
export async function stateOf({ world, worlds }: Pick<TestEmulator, 'world' | 'worlds'>): Promise<string> {
  const { keys } = world.store;
  const resources = await Promise.all(['estuary', 'kps', 'rockset', 'whylabs'].map((name) => world.resources(name).listAll()));
  return JSON.stringify([
    await keys.find({}),
    resources,
    world.clock.read().now,
    world.clock.read().frozen,
    world.faults.list(),
    world.journal.find({}).map(({ id }) => id),
    worlds.names(),
  ]);
}
