import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtInSeeds, emptySeeds } from '../../src/worlds/seeds.ts';
import { listen } from '../control/event-stream.ts';
import { alice, aliceToken, bearer, estuaryError } from '../providers/estuary/estuary.ts';
import { begin } from '../support/begun-request.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { SharedPlace } from '../support/shared-place.ts';

const admin = 'ApiKey admin0LatchkeySeed0000000000000000000000000000000000000000000000';
const place = new SharedPlace();
const both: TestEmulator[] = [];
const one = (): TestEmulator => both[0] ?? notStarted();
const other = (): TestEmulator => both[1] ?? notStarted();

beforeAll(async () => {
  both.push(await startTestEmulator({ sharing: place.process() }));
  both.push(await startTestEmulator({ sharing: place.process() }));
});
beforeEach(async () => {
  await control(one(), '/reset');
  await one().request.put('/_latchkey/clock').send({ now: '2030-01-01T00:00:00Z', frozen: true }).expect(200);
});
afterEach(async () => {
  place.isThere = true;
  for (const name of [...place.worlds.keys()].filter((name) => name !== 'default')) await one().worlds.drop(name);
});
afterAll(async () => {
  for (const lk of both.splice(0)) await lk.close();
});

function notStarted(): never {
  throw new Error('the emulators start in beforeAll: use them inside tests');
}

const control = async (lk: TestEmulator, path: string, body: object = {}) =>
  (await lk.request.post(`/_latchkey${path}`).send(body).expect(200)).body;
const read = async (lk: TestEmulator, path: string) => (await lk.request.get(`/_latchkey${path}`).expect(200)).body;
const statusOf = async (lk: TestEmulator, token: string, world = '') =>
  (await lk.request.get(`${world}/viewer`).set('Authorization', bearer(token))).status;
const issue = async (
  lk: TestEmulator,
  facts: object = {},
  world = '',
): Promise<{ readonly id: string; readonly secret: string }> => {
  const { body } = await lk.request
    .post(`${world}/_latchkey/keys`)
    .send({ provider: 'estuary', owner: 'alice', ...facts })
    .expect(200);
  return { id: body.key.id, secret: body.secret };
};
const clockOf = async (lk: TestEmulator) => {
  const { now, frozen } = await read(lk, '/clock');
  return [now, frozen];
};

interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of an emulator's own log, without those of requests. */
function eventsAfter({ world: { events } }: TestEmulator, id: number): Told[] {
  const told: Told[] = [];
  for (let event = events.after(id); event !== undefined; event = events.after(event.id))
    if (event.type !== 'request') told.push({ type: event.type, data: { ...event.data() } });
  return told;
}

describe.each([
  ['one', 'the other', one, other],
  ['the other', 'one', other, one],
])('what %s of two emulators has answered, the next request at %s sees', (_here, _there, here, there) => {
  test('a key that was issued by the control plane, and its suspension, its return and its revocation', async () => {
    const { id, secret } = await issue(here());
    expect(await statusOf(there(), secret)).toBe(200);
    await control(here(), `/keys/${id}/suspend`);
    expect(await statusOf(there(), secret)).toBe(401);
    await control(here(), `/keys/${id}/resume`);
    expect(await statusOf(there(), secret)).toBe(200);
    await control(here(), `/keys/${id}/revoke`);
    expect(await statusOf(there(), secret)).toBe(401);
    expect((await read(there(), `/keys/${id}`)).state).toBe('revoked');
  });

  test('a key that was issued and revoked by the provider, by calls at both', async () => {
    const { body } = await here().request.post('/user/api-keys').set('Authorization', alice).expect(200);
    expect(await statusOf(there(), body.token)).toBe(200);
    await there().request.delete(`/user/api-keys/${body.token}`).set('Authorization', alice).expect(200);
    expect(await statusOf(here(), body.token)).toBe(401);
  });

  test('the first use of a key', async () => {
    const { id, secret } = await issue(here());
    expect((await read(there(), `/keys/${id}`)).lastUsedAt).toBe(null);
    expect(await statusOf(here(), secret)).toBe(200);
    expect((await read(there(), `/keys/${id}`)).lastUsedAt).toBe('2030-01-01T00:00:00.000Z');
  });

  test('what a key refers to: a role that was made, and that it was deleted', async () => {
    const roles = async (lk: TestEmulator) => {
      const { body } = await lk.request.get('/rockset/v1/orgs/self/roles').set('Authorization', admin).expect(200);
      return body.data.map(({ role_name }: { readonly role_name: string }) => role_name);
    };
    await here()
      .request.post('/rockset/v1/orgs/self/roles')
      .set('Authorization', admin)
      .send({ role_name: 'nothing' })
      .expect(200);
    expect(await roles(there())).toContain('nothing');
    await there().request.delete('/rockset/v1/orgs/self/roles/nothing').set('Authorization', admin).expect(200);
    expect(await roles(here())).not.toContain('nothing');
  });

  test('every move of the clock', async () => {
    await here().request.put('/_latchkey/clock').send({ now: '2031-01-01T00:00:00Z', frozen: true }).expect(200);
    expect(await clockOf(there())).toEqual(['2031-01-01T00:00:00.000Z', true]);
    await control(here(), '/clock/advance', { by: '1h' });
    expect(await clockOf(there())).toEqual(['2031-01-01T01:00:00.000Z', true]);
    await control(here(), '/clock/resume');
    expect((await read(there(), '/clock')).frozen).toBe(false);
    await control(here(), '/clock/freeze');
    const reading = await read(here(), '/clock');
    expect(await clockOf(there())).toEqual([reading.now, true]);
    const { id, secret } = await issue(here(), { expiresIn: '1h' });
    await control(here(), '/clock/edge', { key: id });
    expect(await statusOf(there(), secret)).toBe(200);
    await control(here(), '/clock/advance', { by: '1ms' });
    expect(await statusOf(there(), secret)).toBe(401);
    const refused = await here().request.post('/_latchkey/clock/advance').send({ by: 'P9000000D' }).expect(400);
    expect(refused.body.error.message).toBe('the clock cannot leave the years 0000 to 9999');
  });

  test('a fault that was added, and that it was removed', async () => {
    const { id, secret } = await issue(here());
    const fault = await control(here(), '/faults', { effect: { status: 503 }, times: null });
    expect(await statusOf(there(), secret)).toBe(503);
    expect((await read(here(), '/faults')).faults).toMatchObject([{ id: fault.id, hits: 1 }]);
    await here().request.delete(`/_latchkey/faults/${fault.id}`).expect(200);
    expect(await statusOf(there(), secret)).toBe(200);
    await there().request.delete(`/_latchkey/faults/${fault.id}`).expect(404);
    await control(here(), '/faults', { match: { key: id }, effect: { status: 503 }, times: null });
    await here().request.delete('/_latchkey/faults').expect(200);
    expect(await statusOf(there(), secret)).toBe(200);
    expect((await read(there(), '/faults')).faults).toEqual([]);
  });

  test('that a fault is spent', async () => {
    const { secret } = await issue(here());
    await control(here(), '/faults', { effect: { status: 503 }, skip: 1, times: 2 });
    expect(await statusOf(there(), secret)).toBe(200);
    expect([await statusOf(here(), secret), await statusOf(there(), secret)]).toEqual([503, 503]);
    expect([await statusOf(here(), secret), await statusOf(there(), secret)]).toEqual([200, 200]);
  });

  test('the mark, and that a reset ends it', async () => {
    const marked = async () => {
      await there().request.get('/viewer').set('Authorization', alice).expect(200);
      return (await read(there(), '/requests?limit=1')).requests[0].mark;
    };
    await control(here(), '/mark', { text: 'cart.test.ts' });
    expect(await marked()).toBe('cart.test.ts');
    await control(here(), '/mark', { text: null });
    expect(await marked()).toBe(null);
    await control(here(), '/reset', { mark: 'pay.test.ts' });
    expect(await marked()).toBe('pay.test.ts');
  });

  test('a reset of everything', async () => {
    const { secret } = await issue(here());
    expect(await statusOf(there(), secret)).toBe(200);
    await control(there(), '/faults', { effect: { status: 503 }, times: null });
    await control(here(), '/reset');
    expect(await statusOf(there(), secret)).toBe(401);
    expect((await read(there(), '/clock')).frozen).toBe(false);
    expect((await read(there(), '/requests')).requests).toHaveLength(1);
    expect(await statusOf(there(), aliceToken)).toBe(200);
    await control(here(), '/reset', { to: 'empty' });
    expect(await statusOf(there(), aliceToken)).toBe(401);
    const credentials = await read(there(), '/credentials');
    expect(credentials).toEqual(
      JSON.parse(JSON.stringify(await read(here(), '/credentials')).replaceAll(here().url, there().url)),
    );
    expect(JSON.stringify(credentials)).not.toContain(aliceToken);
  });

  test('a restore, after which the clock, the faults and the journal are as they were', async () => {
    const { secret } = await issue(here());
    const file = (await here().request.get('/_latchkey/snapshot').responseType('blob').expect(200)).body;
    const later = await issue(there());
    await control(there(), '/clock/advance', { by: '1h' });
    await control(there(), '/faults', { match: { key: later.id }, effect: { status: 503 }, times: null });
    expect(await statusOf(there(), secret)).toBe(200);
    await here().request.put('/_latchkey/snapshot').send(file).expect(200);
    expect([await statusOf(there(), later.secret), await statusOf(there(), secret)]).toEqual([401, 200]);
    expect(await clockOf(there())).toEqual(['2030-01-01T01:00:00.000Z', true]);
    expect((await read(there(), '/faults')).faults).toHaveLength(1);
    const { requests } = await read(there(), '/requests');
    expect(requests.map(({ status }: { readonly status: number }) => status)).toEqual([200, 401, 200]);
  });

  test('another seed, and that a reset goes back to it', async () => {
    const token = 'EST00000000-0000-4000-8000-0000000000aaARY';
    const seed = { estuary: { users: [{ username: 'zoe' }], keys: [{ owner: 'zoe', secret: token }] } };
    await control(here(), '/seed', { seed });
    expect(await statusOf(there(), token)).toBe(200);
    await control(there(), '/reset');
    expect(await statusOf(here(), token)).toBe(200);
    await control(there(), '/seed', { seed: {} });
    expect(await statusOf(here(), token)).toBe(401);
  });

  test('that a world was made, with a seed of its own, and that it was dropped', async () => {
    const token = 'EST00000000-0000-4000-8000-0000000000aaARY';
    const seed = { estuary: { users: [{ username: 'zoe' }], keys: [{ owner: 'zoe', secret: token }] } };
    await here().request.put('/_latchkey/worlds/mine').send({ seed }).expect(200);
    const taken = await there().request.put('/_latchkey/worlds/mine').send({}).expect(409);
    expect(taken.body.error.code).toBe('world_exists');
    const [, mine] = (await read(there(), '/worlds')).worlds;
    expect(mine).toMatchObject({ name: 'mine', isOpen: true, hasOwnSeed: true, madeBy: null });
    expect(await statusOf(there(), token, '/~mine')).toBe(200);
    await here().request.delete('/_latchkey/worlds/mine').expect(200);
    const again = await there().request.get('/~mine/_latchkey/clock').set('X-Latchkey-Open', 'no').expect(404);
    expect(again.body.error.code).toBe('world_not_found');
    expect((await read(there(), '/worlds')).worlds).toHaveLength(1);
    expect(await statusOf(there(), token, '/~mine')).toBe(401);
    expect((await read(here(), '/worlds')).worlds).toHaveLength(2);
    await there().request.delete('/_latchkey/worlds/mine').expect(200);
    await here().request.delete('/_latchkey/worlds/mine').expect(404);
    await here().request.put('/_latchkey/worlds/mine').send({}).expect(200);
  });

  test('what happened: each tells its own listeners', async () => {
    await read(there(), '/clock');
    const before = there().world.events.lastId;
    const { id, secret } = await issue(here());
    await statusOf(here(), secret);
    await control(here(), '/clock/advance', { by: '1h' });
    const fault = await control(here(), '/faults', { effect: { status: 503 } });
    await statusOf(here(), secret);
    await control(here(), `/keys/${id}/revoke`);
    await control(here(), '/reset', { to: 'empty' });
    await read(there(), '/clock');
    const told = eventsAfter(there(), before);
    expect(told.map(({ type, data }) => [type, data.transition ?? data.change ?? data.to ?? data.now])).toEqual([
      ['key', 'issued'],
      ['key', 'used first'],
      ['clock', Date.UTC(2030, 0, 1, 1)],
      ['fault', 'added'],
      ['fault', 'hit'],
      ['fault', 'died'],
      ['key', 'revoked'],
      ['reset', 'empty'],
    ]);
    expect(told[3]?.data.fault).toMatchObject({ id: fault.id });
  });
});

describe('a delay of changes, which is set at one emulator', () => {
  test('counts for a key that the other one issues later, and for its revocation', async () => {
    await control(one(), '/faults', { effect: { propagation: { issue: '2s', revoke: '10s' } } });
    const { id, secret } = await issue(other());
    expect([await statusOf(one(), secret), await statusOf(other(), secret)]).toEqual([401, 401]);
    await control(one(), '/clock/advance', { by: '2s' });
    expect([await statusOf(one(), secret), await statusOf(other(), secret)]).toEqual([200, 200]);
    await control(other(), `/keys/${id}/revoke`);
    await control(other(), '/clock/advance', { by: '10s' });
    expect([await statusOf(one(), secret), await statusOf(other(), secret)]).toEqual([200, 200]);
    await control(one(), '/clock/advance', { by: '1ms' });
    expect([await statusOf(one(), secret), await statusOf(other(), secret)]).toEqual([401, 401]);
  });
});

test('who listens to events at one emulator hears what the other one does, though nobody asks the first one for anything', async () => {
  const listening = await listen(other().url, '?types=clock');
  await control(one(), '/clock/advance', { by: '1h' });
  const [event] = await listening.take(1);
  listening.stop();
  expect(event).toMatchObject({ type: 'clock', data: { now: '2030-01-01T01:00:00.000Z' } });
});

test('a fault with `times: 1` hits one of many requests at both emulators', async () => {
  const { secret } = await issue(one());
  await control(one(), '/faults', { effect: { status: 503 } });
  const statuses = await Promise.all(Array.from({ length: 20 }, (_, index) => statusOf(index % 2 ? one() : other(), secret)));
  expect(statuses.filter((status) => status === 503)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(19);
});

describe('where the place cannot be reached', () => {
  test('a provider refuses in its own words, the control plane in its, and who asks for no world is answered', async () => {
    place.isThere = false;
    const refused = await one().request.get('/viewer').set('Authorization', alice).expect(503);
    expect(refused.text).toBe(estuaryError(503, 'Service Unavailable', 'Service Unavailable'));
    const fresh = await one().request.get('/~new/rockset/v1/orgs/self').set('Authorization', admin).expect(503);
    expect(fresh.body).toMatchObject({ message: 'The service is unavailable', type: 'SERVICEUNAVAILABLE' });
    const called = await one().request.get('/_latchkey/clock').expect(503);
    expect(called.body).toEqual({ error: { code: 'unavailable', message: 'The place cannot be reached.', details: null } });
    await one().request.post('/_latchkey/clock/advance').send({ by: '1h' }).expect(503);
    await one().request.put('/_latchkey/worlds/mine').send({}).expect(503);
    await one().request.delete('/_latchkey/worlds/mine').expect(503);
    await one().request.get('/_latchkey/worlds').expect(503);
    await one().request.get('/_latchkey/health').expect(200);
    place.isThere = true;
    expect(await clockOf(one())).toEqual(['2030-01-01T00:00:00.000Z', true]);
    expect(await statusOf(one(), aliceToken)).toBe(200);
  });
});

test('a change that is begun before its world is dropped elsewhere is refused, and nothing of it is done', async () => {
  const { secret } = await issue(one(), {}, '/~new');
  const begun = await begin(other(), '/~new/_latchkey/keys', 'POST', {});
  const atProvider = await begin(other(), '/~new/rockset/v1/orgs/self/roles', 'POST', { Authorization: admin });
  await one().request.delete('/_latchkey/worlds/new').expect(200);
  const answers = [await atProvider({ role_name: 'nothing' }), await begun({ provider: 'estuary', owner: 'alice' })];
  expect(answers.map(({ status }) => status)).toEqual([503, 404]);
  expect(place.worlds.has('new')).toBe(false);
  expect(await statusOf(other(), secret, '/~new')).toBe(401);
});

test('a world that a change finds dropped elsewhere is closed here', async () => {
  await read(other(), '/clock');
  await statusOf(other(), aliceToken, '/~new');
  const begun = await begin(other(), '/~new/_latchkey/clock/advance', 'POST', {});
  await one().request.delete('/_latchkey/worlds/new').expect(200);
  expect((await begun({ by: '1h' })).status).toBe(404);
  expect(other().worlds.opened('new')).toBe(undefined);
});

test('of a reset at one and an issue at the other at once, the key is there or it is refused', async () => {
  for (let round = 0; round < 10; round++) {
    const [, issued] = await Promise.all([
      one().request.post('/_latchkey/reset').send({}).expect(200),
      other().request.post('/user/api-keys').set('Authorization', alice),
    ]);
    const isThere = issued.status === 200 && (await statusOf(one(), issued.body.token)) === 200;
    const total = (await read(one(), '/keys?provider=estuary&owner=alice')).total;
    expect(total).toBe(isThere ? 2 : 1);
  }
});

test('a call about no world takes no look, and every other request takes one', async () => {
  const looks = async (path: string) => {
    const before = place.looks;
    await one().request.get(path);
    return place.looks - before;
  };
  expect([await looks('/_latchkey/health'), await looks('/_latchkey/docs'), await looks('/_latchkey/nothing')]).toEqual([
    0, 0, 0,
  ]);
  expect([await looks('/viewer'), await looks('/_latchkey/clock')]).toEqual([1, 1]);
});

test('of two that make a world at once, one makes it, and the other is told that it exists', async () => {
  const made = await Promise.all([one(), other()].map((lk) => lk.request.put('/_latchkey/worlds/mine').send({})));
  expect(made.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const twice = await Promise.all([one(), one()].map((lk) => lk.request.put('/_latchkey/worlds/own').send({})));
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('a first use at both emulators at once makes one world', async () => {
  const clocks = await Promise.all([one(), other()].map((lk) => lk.request.get('/~new/viewer').set('Authorization', alice)));
  expect(clocks.map(({ status }) => status)).toEqual([200, 200]);
  const { id } = await issue(one(), {}, '/~new');
  await other().request.get(`/~new/_latchkey/keys/${id}`).expect(200);
  expect((await read(other(), '/worlds')).total).toBe(2);
});

test('an emulator that starts later finds the worlds as they are', async () => {
  const { secret } = await issue(one());
  await control(one(), '/clock/advance', { by: '1h' });
  await control(one(), '/faults', { match: { provider: 'rockset' }, effect: { status: 503 }, times: null });
  const late = await startTestEmulator({ sharing: place.process() });
  expect(eventsAfter(late, 0).filter(({ type }) => type === 'clock')).toEqual([]);
  expect(await clockOf(late)).toEqual(['2030-01-01T01:00:00.000Z', true]);
  expect((await read(late, '/faults')).faults).toHaveLength(1);
  expect(await statusOf(late, secret)).toBe(200);
  await late.close();
});

test('the secret of a key that a reset elsewhere removed stays out of the journal of another world', async () => {
  // No provider makes such a one: it can only be known.
  const secret = 'Hunter2-of-The_Seed';
  await issue(one(), { secret });
  await read(other(), '/clock');
  await other().request.get(`/~new/rockset/v1/note+${secret}`).expect(404);
  await control(one(), '/reset');
  await read(other(), '/clock');
  const { text } = await other().request.get('/~new/_latchkey/requests').expect(200);
  expect(text).toContain('/v1/note');
  expect(text).not.toContain(secret);
});

test('a seed that is read again at one emulator takes the place of what the worlds hold that only the other one has open', async () => {
  await one().worlds.reseed(builtInSeeds, one().world);
  const { secret } = await issue(other(), {}, '/~new');
  await other().request.put('/_latchkey/worlds/own').send({ seed: {} }).expect(200);
  expect(await one().worlds.reseed(emptySeeds)).toEqual(['default', 'new']);
  expect([await statusOf(other(), secret, '/~new'), await statusOf(other(), aliceToken, '/~new')]).toEqual([401, 401]);
  expect([await statusOf(other(), aliceToken), await statusOf(other(), aliceToken, '/~own')]).toEqual([401, 200]);
  await one().worlds.reseed(builtInSeeds);
  expect(await statusOf(other(), aliceToken)).toBe(200);
});

test('where the default world is gone from the place, everything about it is refused', async () => {
  const emptied = new SharedPlace();
  const lk = await startTestEmulator({ sharing: emptied.process() });
  expect(await statusOf(lk, aliceToken)).toBe(200);
  emptied.worlds.clear();
  expect(await statusOf(lk, aliceToken)).toBe(503);
  const { body } = await lk.request.get('/_latchkey/clock').expect(503);
  expect(body.error).toEqual({
    code: 'unavailable',
    message: 'The default world is gone from where it was stored: start latchkey again to make it anew.',
    details: null,
  });
  await lk.close();
});

test('an emulator does not start where the place cannot be reached', async () => {
  const away = new SharedPlace();
  away.isThere = false;
  await expect(startTestEmulator({ sharing: away.process() })).rejects.toThrow('The place cannot be reached.');
});
