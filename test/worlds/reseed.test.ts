import { afterEach, beforeEach, expect, test } from 'vitest';
import { SeedError } from '../../src/provider/seed/error.ts';
import { builtInSeeds, emptySeeds, type Seeds, seedsOf } from '../../src/worlds/seeds.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';

// found 3.13

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const countIn = async (world: string): Promise<number> => {
  const { body } = await emulator.request.get(`/~${world}/_latchkey/keys`).expect(200);
  return body.total;
};

test('reseed: every open world is reset to the new seed, and further ones begin with it', async () => {
  const all = await countIn('w1');
  await emulator.worlds.reseed(emptySeeds);
  const few = await countIn('default');
  expect(few).toBeLessThan(all);
  expect([await countIn('w1'), await countIn('w2')]).toEqual([few, few]);
  await emulator.request.post('/~w1/_latchkey/reset').send({ to: 'seed' }).expect(200);
  expect(await countIn('w1')).toBe(few);
});

test('reseed: a world with a seed of its own keeps it', async () => {
  await emulator.worlds.create('own', seedsOf(new Map()));
  const before = await countIn('own');
  await emulator.worlds.reseed(emptySeeds);
  expect(await countIn('own')).toBe(before);
});

test('reseed: a seed that does not fit changes no world', async () => {
  const before = [await countIn('default'), await countIn('w1')];
  const [broken] = emulator.world.store.seededProviders().keys();
  const bad: Seeds = {
    read: (provider, extent, context) => {
      if (provider.name === broken) context.report(['keys', 0], 'is wrong');
      return emptySeeds.read(provider, extent, context);
    },
  };
  await expect(emulator.worlds.reseed(bad)).rejects.toThrow(SeedError);
  expect([await countIn('default'), await countIn('w1')]).toEqual(before);
  await emulator.request.post('/_latchkey/reset').send({ to: 'seed' }).expect(200);
  expect([await countIn('default'), await countIn('w3')]).toEqual([before[0], before[0]]);
  await emulator.worlds.reseed(builtInSeeds);
});
