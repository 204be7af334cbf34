import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { fromIso, toIso } from '../../src/clock.ts';
import * as estuary from '../providers/estuary/estuary.ts';
import { emulatorForTests, epoch, startTestEmulator } from '../support/emulator.ts';
import { type Listening, listen } from './event-stream.ts';
import { anyId, epochIso, keys } from './explained.ts';

const lk = emulatorForTests();
const open: Listening[] = [];
afterEach(() => {
  for (const listening of open.splice(0)) listening.stop();
});

async function hear(query = '', headers: Readonly<Record<string, string>> = {}): Promise<Listening> {
  const listening = await listen(lk.url, query, headers);
  open.push(listening);
  return listening;
}

const control = (path: string, body: object = {}) => lk.request.post(`/_latchkey${path}`).send(body).expect(200);
const add = async (facts: object): Promise<string> => (await lk.world.addKey('estuary', { owner: 'alice', ...facts })).key.id;
const transitionsOf = (events: readonly { readonly data: Readonly<Record<string, unknown>> }[]) =>
  events.map(({ data }) => [data['transition'], data['at'], Object(data['key']).name]);

describe('events', () => {
  test('report a request, as the journal lists it', async () => {
    const listening = await hear('?types=request');
    await lk.request.get('/viewer').set('Authorization', estuary.alice).expect(200);
    await lk.request.get('/viewer?token=EST00000000-0000-4000-8000-000000000002ARY').expect(401);
    const { body } = await lk.request.get('/_latchkey/requests').expect(200);
    const events = await listening.take(2);
    expect(events.map(({ type }) => type)).toEqual(['request', 'request']);
    expect(events.map(({ data }) => data)).toEqual(body.requests.toReversed());
  });

  test('report only the id of a request whose entry is forgotten', async () => {
    await lk.request.get('/viewer').expect(401);
    const { body } = await lk.request.get('/_latchkey/requests').expect(200);
    await lk.request.delete('/_latchkey/requests').expect(200);
    const [event] = await (await hear(`?types=request&since=${lk.world.events.lastId - 1}`)).take(1);
    expect(event?.data).toEqual({ at: epochIso, id: body.requests[0].id });
  });

  test('report everything that happens to a key', async () => {
    const listening = await hear('?types=key');
    const { body } = await control('/keys', {
      provider: 'estuary',
      owner: 'alice',
      name: 'mine',
      secret: estuary.aliceToken.replace('2', '9'),
    });
    const { id } = body.key;
    for (let use = 0; use < 2; use++)
      await lk.request.get('/viewer').set('Authorization', estuary.bearer(body.secret)).expect(200);
    lk.world.clock.advance(1000);
    for (const move of ['suspend', 'resume', 'expire', 'revoke']) await control(`/keys/${id}/${move}`);
    const later = toIso(epoch + 1000);
    const issued = { ...keys.alice, name: 'mine', hint: body.key.hint };
    const used = { ...issued, lastUsedAt: epochIso };
    const expired = { ...used, state: 'expired', expiresAt: toIso(epoch + 999) };
    expect((await listening.take(6)).map(({ data }) => data)).toEqual([
      { at: epochIso, transition: 'issued', key: issued },
      { at: epochIso, transition: 'used first', key: used },
      { at: later, transition: 'suspended', key: { ...used, state: 'suspended' } },
      { at: later, transition: 'resumed', key: used },
      { at: later, transition: 'expired', key: expired },
      { at: later, transition: 'revoked', key: { ...expired, state: 'revoked', revokedAt: later } },
    ]);
  });

  test('report any other change of a key', async () => {
    const rocksetAdmin = 'ApiKey admin0LatchkeySeed0000000000000000000000000000000000000000000000';
    const listening = await hear('?types=key');
    const own = '/v1/orgs/self/users/self/apikeys/admin';
    const change = { expiry_time: '2031-01-01T00:00:00Z' };
    await lk.request.post(own).set('Authorization', rocksetAdmin).send(change).expect(200);
    const [first, second] = await listening.take(2);
    const key = { ...keys.rocksetAdmin, lastUsedAt: epochIso };
    expect(first?.data).toEqual({ at: epochIso, transition: 'used first', key });
    expect(second?.data).toEqual({ at: epochIso, transition: 'changed', key: { ...key, expiresAt: '2031-01-01T00:00:00.000Z' } });
  });

  test('report every move of the clock', async () => {
    const listening = await hear('?types=clock');
    const offsetMs = expect.any(Number);
    await control('/clock/advance', { by: '1h' });
    await lk.request.put('/_latchkey/clock').send({ now: '2029-01-01T00:00:00Z' }).expect(200);
    await control('/clock/resume');
    await control('/clock/freeze');
    const [advanced, set, resumed, frozen] = (await listening.take(4)).map(({ data }) => data);
    expect(advanced).toEqual({ now: '2030-01-01T01:00:00.000Z', frozen: true, offsetMs });
    expect(set).toEqual({ now: '2029-01-01T00:00:00.000Z', frozen: true, offsetMs });
    expect(resumed).toEqual({ now: '2029-01-01T00:00:00.000Z', frozen: false, offsetMs });
    expect(frozen).toEqual({ now: expect.stringMatching(/^2029-01-01T00:00:/), frozen: true, offsetMs });
  });

  test('report a fault that is added, each time it hits, and that it ends (G11)', async () => {
    const listening = await hear('?types=fault');
    const { body } = await control('/faults', { effect: { status: 429 }, times: 2 });
    const { id, ...terms } = body;
    for (const status of [429, 429, 401]) await lk.request.get('/viewer').expect(status);
    const events = await listening.take(4);
    const told = [
      { change: 'added', hits: 0 },
      { change: 'hit', hits: 1 },
      { change: 'hit', hits: 2 },
      { change: 'died', hits: 2 },
    ];
    expect(events.map(({ data }) => data)).toEqual(told.map((one) => ({ ...terms, at: epochIso, fault: id, ...one })));
  });

  test('report faults that are removed, and one whose time is up though nobody asks, without their credentials (G11)', async () => {
    const listening = await hear('?types=fault');
    const effect = { status: 503 };
    const match = { credential: 'a secret' };
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) ids.push((await control('/faults', { effect, match })).body.id);
    await lk.request.delete(`/_latchkey/faults/${ids[1]}`).expect(200);
    await lk.request.delete('/_latchkey/faults').expect(200);
    await control('/faults', { effect, match, ttl: '1ms' });
    const events = await listening.take(8);
    const terms = { effect, match: { credential: '…' }, skip: 0, times: 1, ttlMs: 60_000, hits: 0, at: epochIso };
    const [first, second, third] = ids;
    const told = [...ids.map((fault) => ['added', fault]), ['removed', second], ['removed', first], ['removed', third]];
    expect(events.slice(0, 6).map(({ data }) => data)).toEqual(told.map(([change, fault]) => ({ ...terms, change, fault })));
    const last = { ...terms, ttlMs: 1, fault: expect.stringMatching(/^f\d+$/) };
    expect(events.slice(6).map(({ data }) => data)).toEqual(['added', 'died'].map((change) => ({ ...last, change })));
  });

  test('report a reset, and to what', async () => {
    const listening = await hear('?types=reset');
    const snapshot = lk.world.store.snapshot();
    for (const to of ['seed', 'empty']) await control('/reset', { to });
    await lk.world.restore(snapshot);
    const events = await listening.take(3);
    const at = expect.stringMatching(/^2030-01-01T00:00:/);
    expect(events.map(({ data }) => data)).toEqual(['seed', 'empty', 'snapshot'].map((to) => ({ at, to })));
  });

  test('report only their own world, and no call of the control plane', async () => {
    const listening = await hear();
    const elsewhere = await listen(`${lk.url}/~elsewhere`);
    open.push(elsewhere);
    await lk.request.get('/_latchkey/keys').expect(200);
    await lk.request.get('/~elsewhere/viewer').expect(401);
    lk.world.clock.advance(1);
    expect((await listening.next())?.type).toBe('clock');
    expect((await elsewhere.next())?.data).toMatchObject({ path: '/~elsewhere/viewer', status: 401 });
  });
});

describe('expiries', () => {
  test('come in order of time when a frozen clock jumps over them, whatever the order of issue', async () => {
    for (const hours of [3, 1, 2, 9]) await add({ name: `${hours}h`, expiresIn: `${hours}h` });
    const listening = await hear('?types=key,clock');
    lk.world.clock.advance(4 * 3_600_000);
    const [clock, ...events] = await listening.take(4);
    expect(clock?.type).toBe('clock');
    expect(transitionsOf(events)).toEqual([
      ['expired', '2030-01-01T01:00:00.001Z', '1h'],
      ['expired', '2030-01-01T02:00:00.001Z', '2h'],
      ['expired', '2030-01-01T03:00:00.001Z', '3h'],
    ]);
    expect(Object(events[0]?.data['key'])).toEqual({
      ...keys.alice,
      name: '1h',
      hint: expect.any(String),
      state: 'expired',
      expiresAt: '2030-01-01T01:00:00.000Z',
      id: anyId,
    });
  });

  test('come just after the last instant at which the key is accepted', async () => {
    const id = await add({ name: 'edge', expiresIn: '1h' });
    const listening = await hear('?types=key,clock');
    await control('/clock/edge', { key: id });
    await control('/clock/edge', { key: id, offset: '1ms' });
    expect((await listening.take(3)).map(({ type }) => type)).toEqual(['clock', 'clock', 'key']);
  });

  test('come by themselves when the clock runs', async () => {
    const listening = await hear('?types=key');
    lk.world.clock.resume();
    await add({ name: 'soon', expiresIn: '40ms' });
    const [issued, expired] = await listening.take(2);
    expect(issued?.data['transition']).toBe('issued');
    expect(expired?.data['transition']).toBe('expired');
    const { expiresAt, state } = Object(expired?.data['key']);
    expect(state).toBe('expired');
    expect(expired?.data['at']).toBe(toIso((fromIso(expiresAt) ?? 0) + 1));
  });

  test('come again when a clock that was set back passes them again', async () => {
    await add({ name: 'again', expiresIn: '1h' });
    const listening = await hear('?types=key');
    for (const hours of [2, -2, 2]) lk.world.clock.advance(hours * 3_600_000);
    const again = ['expired', '2030-01-01T01:00:00.001Z', 'again'];
    expect(transitionsOf(await listening.take(2))).toEqual([again, again]);
  });
});

describe('resuming', () => {
  test.each([
    ['the header Last-Event-ID', (id: number) => hear('', { 'Last-Event-ID': `${id}` })],
    ['the query since', (id: number) => hear(`?since=${id}`)],
    ['the header where both are given', (id: number) => hear('?since=0', { 'Last-Event-ID': `${id}` })],
  ])('by %s tells what came after it, without a gap, and goes on', async (_how, resume) => {
    const from = lk.world.events.lastId;
    for (let move = 0; move < 5; move++) lk.world.clock.advance(1000);
    const listening = await resume(from + 2);
    lk.world.clock.advance(1000);
    const events = await listening.take(4);
    expect(events.map(({ id }) => id - from)).toEqual([3, 4, 5, 6]);
    expect(events.map(({ data }) => data['now'])).toEqual([3, 4, 5, 6].map((seconds) => toIso(epoch + seconds * 1000)));
  });

  test.each(['', 'x', '-1', '1.5'])('a malformed Last-Event-ID (%j) is ignored', async (id) => {
    lk.world.clock.advance(1000);
    const listening = await hear('', { 'Last-Event-ID': id });
    lk.world.clock.advance(1000);
    expect((await listening.next())?.data['now']).toBe(toIso(epoch + 2000));
  });

  test('gives the last 1000 events, however many there were', async () => {
    for (let move = 0; move < 3000; move++) lk.world.clock.advance(1);
    const { lastId } = lk.world.events;
    const events = await (await hear('?since=0')).take(1000);
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 1000 }, (_, index) => lastId - 999 + index));
  });
});

describe('the query', () => {
  test('types selects the events of those types', async () => {
    const listening = await hear('?types=fault, clock');
    await control('/faults', { effect: { delay: '1ms' } });
    await lk.request.get('/viewer').expect(401);
    lk.world.clock.advance(1);
    const types = (await listening.take(4)).map(({ type }) => type);
    // A fault is added, hits and dies.
    expect(types).toEqual(['fault', 'fault', 'fault', 'clock']);
  });

  test.each([
    ['types=request,death', 'unknown event "death": expected some of request, key, clock, fault, reset'],
    ['since=-1', '/since must be at least 0, not -1'],
    ['since=x', '/since must be a whole number, not "x"'],
  ])('%s is refused', async (query, message) => {
    const { body } = await lk.request.get(`/_latchkey/events?${query}`).expect(400);
    expect(body.error).toMatchObject({ code: 'request_invalid', message });
  });
});

describe('the end of the stream', () => {
  test('comes when the world is dropped', async () => {
    const listening = await listen(`${lk.url}/~dropped`);
    await lk.request.delete('/_latchkey/worlds/dropped').expect(200);
    expect(await listening.next()).toBeUndefined();
  });

  test('comes when the emulator stops, which does not wait for listeners', async () => {
    const short = await startTestEmulator();
    const listening = await listen(short.url);
    await short.close();
    expect(await listening.next()).toBeUndefined();
  });

  test('comes to a listener that has fallen behind further than events are kept, and only to that one', async () => {
    const attentive = await hear();
    const socket = connect(Number(new URL(lk.url).port), '127.0.0.1');
    socket.write('GET /_latchkey/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    const large = 'x'.repeat(10_000);
    for (let count = 0; count < 3000; count++) {
      lk.world.events.emit('reset', epoch, () => ({ to: large }));
      expect((await attentive.next())?.type).toBe('reset');
    }
    let received = 0;
    socket.on('data', (piece) => {
      received += piece.length;
    });
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'close');
    expect(received).toBeLessThan(3000 * large.length);
  });

  test('does not come to one that resumes with much to read, and reads slowly (found 6.16)', async () => {
    const first = lk.world.events.lastId;
    const large = 'x'.repeat(100_000);
    for (let count = 0; count < 40; count++) lk.world.events.emit('reset', epoch, () => ({ to: large, count }));
    const listening = await hear(`?since=${first}`);
    const counts: unknown[] = [];
    for (let count = 0; count < 40; count++) {
      counts.push((await listening.next())?.data['count']);
      await new Promise((resolve) => setImmediate(resolve));
    }
    lk.world.events.emit('reset', epoch, () => ({ to: 'last', count: 40 }));
    counts.push((await listening.next())?.data['count']);
    expect(counts).toEqual(Array.from({ length: 41 }, (_, count) => count));
  });
});
