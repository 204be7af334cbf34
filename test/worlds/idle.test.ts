import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { systemClock } from '../../src/clock.ts';
import { listen } from '../control/event-stream.ts';
import { emulatorForTests } from '../support/emulator.ts';

const hourMs = 3_600_000;
const lk = emulatorForTests({ worldIdleMs: hourMs });
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

const use = (world: string) => lk.request.get(`/~${world}/health`).expect(200);
const make = (world: string, body: object = {}) => lk.request.put(`/_latchkey/worlds/${world}`).send(body).expect(200);
const later = (ms: number) => lk.worlds.dropIdle(systemClock.now() + ms);

describe('GET /worlds (found 2.12)', () => {
  test('says what is in each world, who made it, and when it was used last', async () => {
    const before = systemClock.now();
    await use('used');
    await use('used');
    await make('called', { seed: { estuary: { users: [{ username: 'carol' }] } } });
    const client = await connect(lk.url);
    await client.createWorld('by-client', {});
    await client.world('by-use-of-client').clock.read();
    const { worlds } = (await lk.request.get('/_latchkey/worlds').expect(200)).body;
    const shown = worlds.map(({ name, isOpen, requests, hasOwnSeed, madeBy }: Record<string, unknown>) => ({
      name,
      isOpen,
      requests,
      hasOwnSeed,
      madeBy,
    }));
    expect(shown).toEqual([
      { name: 'default', isOpen: true, requests: 0, hasOwnSeed: false, madeBy: null },
      { name: 'by-client', isOpen: true, requests: 0, hasOwnSeed: true, madeBy: 'client' },
      { name: 'by-use-of-client', isOpen: true, requests: 0, hasOwnSeed: false, madeBy: 'client' },
      { name: 'called', isOpen: true, requests: 0, hasOwnSeed: true, madeBy: 'call' },
      { name: 'used', isOpen: true, requests: 2, hasOwnSeed: false, madeBy: 'use' },
    ]);
    for (const { name, keys, lastUsedAt } of worlds) {
      expect(keys).toBe(await lk.worlds.opened(name)?.store.keys.count({}));
      expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(name === 'default' ? 0 : before);
    }
  });
});

describe('a world that is not used for as long as --world-idle says', () => {
  test('is dropped if use made it, with its counts, and no other is', async () => {
    await use('used');
    await make('called');
    await later(hourMs - 60_000);
    expect(lk.worlds.names()).toEqual(['default', 'called', 'used']);
    await later(hourMs);
    expect(lk.worlds.names()).toEqual(['default', 'called']);
    expect((await lk.request.get('/_latchkey/metrics')).text).not.toContain('world="used"');
    await use('used');
    expect((await lk.request.get('/~used/_latchkey/requests/count')).body).toEqual({ count: 1, forgotten: 0 });
  });

  test('found 2.12: is dropped if a client made it, by use or by a call, and its name can be had again', async () => {
    const client = await connect(lk.url);
    await client.createWorld('by-client', { estuary: {} });
    await client.world('by-use-of-client').clock.read();
    await later(hourMs - 60_000);
    expect(lk.worlds.names()).toEqual(['default', 'by-client', 'by-use-of-client']);
    await later(hourMs);
    expect(lk.worlds.names()).toEqual(['default']);
    await client.createWorld('by-client', {});
    expect(lk.worlds.names()).toEqual(['default', 'by-client']);
  });

  test('is kept while someone listens to its events', async () => {
    await use('heard');
    const listening = await listen(`${lk.url}/~heard`);
    await later(hourMs);
    expect(lk.worlds.names()).toEqual(['default', 'heard']);
    listening.stop();
  });
});
