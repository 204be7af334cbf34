import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { judgeUsed } from '../../src/testing/verdicts.ts';
import { issueKey } from '../control/issued-key.ts';
import { emulatorForTests } from '../support/emulator.ts';

describe('a journal of three entries (found 2.11)', () => {
  const lk = emulatorForTests({ journalSize: 3 });
  const get = async (path: string) => (await lk.request.get(`/_latchkey/${path}`).expect(200)).body;
  const send = async (count: number) => {
    for (let index = 0; index < count; index++) await lk.request.get('/health').expect(200);
  };

  test('has forgotten nothing until it is full', async () => {
    await send(3);
    expect(await get('requests/count')).toEqual({ count: 3, forgotten: 0 });
    expect(await get('requests')).toMatchObject({ total: 3, cursor: null, forgotten: 0 });
  });

  test('keeps the last three, and says how many it has forgotten, whatever is asked for', async () => {
    await send(1);
    const [{ id }] = (await get('requests')).requests;
    await send(4);
    const { requests, total, forgotten } = await get('requests');
    expect(requests.map((one: { id: string }) => Number(one.id) - Number(id))).toEqual([4, 3, 2]);
    expect([total, forgotten]).toEqual([3, 2]);
    expect(await get('requests/count?provider=rockset')).toEqual({ count: 0, forgotten: 2 });
    await lk.request.get(`/_latchkey/requests/${Number(id) + 1}`).expect(404);
    await lk.request.get(`/_latchkey/requests/${Number(id) + 2}`).expect(200);
  });

  test.each([
    ['a reset', () => lk.request.post('/_latchkey/reset').expect(200)],
    ['deleting it', () => lk.request.delete('/_latchkey/requests').expect(200)],
  ])('begins to count anew after %s', async (_name, empty) => {
    await send(5);
    await empty();
    expect(await get('requests/count')).toEqual({ count: 0, forgotten: 0 });
    await send(4);
    expect(await get('requests/count')).toEqual({ count: 3, forgotten: 1 });
  });

  test('never answers as if it were whole', async () => {
    const client = await connect(lk.url);
    const used = await client.keys.issue({ provider: 'estuary', owner: 'bob' });
    const { header, id } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    const viewer = () => lk.request.get('/viewer').set('Authorization', `Bearer ${used.secret}`);
    await viewer().expect(200);
    await send(4);
    const verdict = await judgeUsed(client, used);
    expect([verdict.pass, verdict.message()]).toEqual([
      true,
      `expected the key ${used.key.id} not to have been used; requests with it: 0 let in, 0 refused; the journal has forgotten 2 requests`,
    ]);
    expect((await judgeUsed(client, id)).pass).toBe(false);
    await expect(judgeUsed(client, used, { operation: 'viewerGet' })).rejects.toThrow(
      `whether the key ${used.key.id} was used for this cannot be said: it was last let in at 2030-01-01T00:00:00.000Z, and the journal has forgotten 2 requests. Start latchkey with a larger --journal-size, or reset or clear the journal earlier.`,
    );
    for (const narrower of [{ code: 'conflict' }, { refused: false }, { method: 'GET' }, { q: 'viewer' }, { status: 200 }])
      await expect(judgeUsed(client, used, narrower)).rejects.toMatchObject({ name: 'LatchkeyError', code: 'journal_forgot' });
    await viewer().expect(200);
    expect((await judgeUsed(client, used, { operation: 'viewerGet' })).pass).toBe(true);
    expect(header.value).toMatch(/^Bearer /);
  });
});

describe('the journals of all worlds together (found 6.4)', () => {
  const lk = emulatorForTests({ journalMemory: 1 });
  afterEach(async () => {
    for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
  });
  const fill = async (world: string, count: number, characters: number, character = 'x') => {
    const body = character.repeat(characters);
    for (let index = 0; index < count; index++) await fetch(`${lk.url}/~${world}/login`, { method: 'POST', body });
  };
  const bytes = () => lk.worlds.all().reduce((sum, { journal }) => sum + journal.bytes, 0);
  const countOf = async (world: string) => (await lk.request.get(`/~${world}/_latchkey/requests/count`).expect(200)).body;

  test('stay within one bound, however many worlds there are', async () => {
    for (let world = 0; world < 12; world++) await fill(`w${world}`, 10, 20_000);
    expect(bytes()).toBeLessThanOrEqual(1 << 20);
    expect(bytes()).toBeGreaterThan((1 << 20) * 0.9);
    for (let world = 0; world < 12; world++) {
      const { count, forgotten } = await countOf(`w${world}`);
      expect(count + forgotten).toBe(10);
      expect(count).toBeGreaterThan(0);
    }
  });

  test('lose the oldest entries of the largest journal first', async () => {
    await fill('small', 5, 10);
    await fill('large', 60, 20_000);
    expect(await countOf('small')).toEqual({ count: 5, forgotten: 0 });
    const { count, forgotten } = await countOf('large');
    expect(count + forgotten).toBe(60);
    expect(forgotten).toBeGreaterThan(5);
    const { requests } = (await lk.request.get('/~large/_latchkey/requests').expect(200)).body;
    expect(requests.map(({ id }: { id: string }) => Number(id))).toEqual(Array.from({ length: count }, (_, index) => 60 - index));
  });

  test('count what a text takes in memory, not its characters', async () => {
    await fill('latin', 10, 20_000);
    const latin = bytes();
    await lk.worlds.drop('latin');
    await fill('wide', 10, 20_000, '\u0416');
    expect(bytes()).toBeGreaterThan(latin * 1.9);
  });

  test('get back the room of a world that is dropped or reset', async () => {
    await fill('first', 60, 20_000);
    await lk.worlds.drop('first');
    await fill('second', 40, 20_000);
    expect(await countOf('second')).toEqual({ count: 40, forgotten: 0 });
    await lk.request.post('/~second/_latchkey/reset').expect(200);
    await fill('third', 40, 20_000);
    expect(await countOf('third')).toEqual({ count: 40, forgotten: 0 });
  });
});
