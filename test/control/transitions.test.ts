import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { driver as estuary } from '../providers/estuary/driver.ts';
import { alice, estuaryError, unknownToken } from '../providers/estuary/estuary.ts';
import { driver as kps } from '../providers/kps/driver.ts';
import { unauthorized } from '../providers/kps/kps.ts';
import { driver as rockset } from '../providers/rockset/driver.ts';
import { driver as whylabs } from '../providers/whylabs/driver.ts';
import { emulatorForTests, epoch } from '../support/emulator.ts';
import { eventsSince } from '../worlds/events-since.ts';
import { type IssuedKey, issueKey } from './issued-key.ts';

const lk = emulatorForTests();
const move = (id: string, to: string) => lk.request.post(`/_latchkey/keys/${id}/${to}`);
const view = async (id: string) => (await lk.request.get(`/_latchkey/keys/${id}`).expect(200)).body;

const providers = [
  ['estuary', estuary, { owner: 'alice' }],
  ['kps', kps, { owner: 'bob@example.com' }],
  ['rockset', rockset, { owner: 'member@me.com', name: 'forced' }],
  ['whylabs', whylabs, { organization: 'org-123', owner: 'user-123' }],
] as const;

describe.each(providers)('a key of %s', (name, driver, description) => {
  const issue = () => issueKey(lk, { provider: name, ...description, expiresIn: '1h' });
  const use = async ({ secret }: IssuedKey) => {
    const { status, text } = await driver.use(supertest(`${lk.url}/${name}`), secret);
    return { status, text };
  };

  test('that is suspended is refused from the next request on, until it is resumed', async () => {
    const key = await issue();
    const before = await use(key);
    expect(before.status).toBe(200);
    const used = await view(key.id);
    expect((await move(key.id, 'suspend').expect(200)).body).toEqual({ ...used, state: 'suspended' });
    expect((await use(key)).status).toBe(driver.refusals.suspended);
    expect((await move(key.id, 'resume').expect(200)).body).toEqual(used);
    expect((await use(key)).status).toBe(200);
  });

  test('that is revoked is refused from the next request on, for good', async () => {
    const key = await issue();
    await use(key);
    const used = await view(key.id);
    lk.world.clock.advance(1_000);
    const revoked = { ...used, state: 'revoked', revokedAt: '2030-01-01T00:00:01.000Z' };
    expect((await move(key.id, 'revoke').expect(200)).body).toEqual(revoked);
    expect((await use(key)).status).toBe(driver.refusals.revoked);
    lk.world.clock.advance(-1_000);
    expect((await use(key)).status).toBe(driver.refusals.revoked);
    expect(await view(key.id)).toEqual(revoked);
  });

  test('that is made to expire is refused at once, and accepted when the clock is set back', async () => {
    const key = await issue();
    await use(key);
    const used = await view(key.id);
    const expired = { ...used, state: 'expired', expiresAt: '2029-12-31T23:59:59.999Z' };
    expect((await move(key.id, 'expire').expect(200)).body).toEqual(expired);
    expect((await use(key)).status).toBe(driver.refusals.expired);
    lk.world.clock.advance(-1);
    expect((await use(key)).status).toBe(200);
  });

  test('that never expires can be made to expire', async () => {
    const key = await issueKey(lk, { provider: name, ...description });
    await move(key.id, 'expire').expect(200);
    expect((await use(key)).status).toBe(driver.refusals.expired);
  });

  test('that is suspended, made to expire and resumed is expired', async () => {
    const key = await issue();
    for (const [to, state] of [
      ['suspend', 'suspended'],
      ['expire', 'suspended'],
      ['resume', 'expired'],
    ] as const) {
      expect((await move(key.id, to).expect(200)).body.state).toBe(state);
    }
    expect((await use(key)).status).toBe(driver.refusals.expired);
  });

  test.each([
    ['suspend', 'suspend'],
    ['revoke', 'revoke'],
    ['expire', 'expire'],
  ])('to which %s happens twice is as after the first time', async (first, second) => {
    const { id } = await issue();
    const once = (await move(id, first).expect(200)).body;
    lk.world.clock.advance(1_000);
    expect((await move(id, second).expect(200)).body).toEqual(once);
  });

  test.each(['suspend', 'resume', 'expire'])('that is revoked refuses to %s, and does not change', async (to) => {
    const key = await issue();
    const revoked = (await move(key.id, 'revoke').expect(200)).body;
    const { body } = await move(key.id, to).expect(409);
    expect(body).toEqual({
      error: { code: 'transition_refused', message: 'The key is revoked, which is final.', details: null },
    });
    expect(await view(key.id)).toEqual(revoked);
    expect((await use(key)).status).toBe(driver.refusals.revoked);
  });

  test('is stopped alone: others like it are not affected', async () => {
    const others = (await lk.request.get('/_latchkey/keys')).body.keys;
    const { id } = await issue();
    await move(id, 'revoke').expect(200);
    const left = (await lk.request.get('/_latchkey/keys')).body.keys.filter((key: { id: string }) => key.id !== id);
    expect(left).toEqual(others);
  });
});

describe('on the wire', () => {
  test("Estuary's refusals of a stopped key are its own, to the byte", async () => {
    const texts: Record<string, string> = {};
    for (const to of ['suspend', 'revoke', 'expire']) {
      const { id, header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
      await move(id, to).expect(200);
      texts[to] = (await lk.request.get('/viewer').set(header.name, header.value).expect(401)).text;
    }
    expect(texts).toEqual({
      suspend: unknownToken,
      revoke: unknownToken,
      expire: estuaryError(401, 'ERR_TOKEN_EXPIRED', 'token for user 2 expired 2029-12-31 23:59:59.999 +0000 UTC'),
    });
  });

  test("KPS's refusals are all the same", async () => {
    for (const to of ['suspend', 'revoke', 'expire']) {
      const { id, header } = await issueKey(lk, { provider: 'kps', owner: 'bob@example.com' });
      await move(id, to).expect(200);
      expect((await lk.request.get('/v1.0/userapitokens').set(header.name, header.value).expect(401)).text).toBe(unauthorized);
      if (to !== 'revoke') await move(id, 'revoke').expect(200);
    }
  });

  test('lists agree with what is accepted: a revoked key is gone from the list, a suspended one is shown as suspended', async () => {
    const list = async () => {
      const member = (await lk.world.credentials()).get('rockset')?.[1]?.header;
      const { body } = await lk.request.get('/v1/orgs/self/users/self/apikeys').set('Authorization', member?.value ?? '');
      return body.data.map(({ name, state }: { name: string; state: string }) => [name, state]);
    };
    const { id } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'listed' });
    expect(await list()).toContainEqual(['listed', 'ACTIVE']);
    await move(id, 'suspend').expect(200);
    expect(await list()).toContainEqual(['listed', 'SUSPENDED']);
    await move(id, 'resume').expect(200);
    expect(await list()).toContainEqual(['listed', 'ACTIVE']);
    await move(id, 'revoke').expect(200);
    expect((await list()).map(([name]: [string, string]) => name)).not.toContain('listed');
  });

  test('a seeded key is stopped like any other', async () => {
    const { body } = await lk.request.get('/_latchkey/keys?provider=estuary&owner=2').expect(200);
    await move(body.keys[0].id, 'suspend').expect(200);
    await lk.request.get('/viewer').set('Authorization', alice).expect(401);
  });
});

describe('each transition is reported once', () => {
  const told = async (after: number) => {
    await lk.world.catchUp();
    return eventsSince(lk.world.events, after).flatMap((event) => {
      const { type, at } = event;
      const content = event.data();
      return type === 'key' && 'transition' in content ? [[content.transition, at - epoch]] : [];
    });
  };

  test.each(['frozen', 'running'])('by the name of the transition, while the clock is %s', async (state) => {
    if (state === 'running') lk.world.clock.resume();
    const { id } = await issueKey(lk, { provider: 'estuary', owner: 'alice', expiresIn: '1h' });
    const since = lk.world.events.lastId;
    for (const to of ['suspend', 'suspend', 'resume', 'expire', 'expire', 'revoke']) await move(id, to).expect(200);
    expect((await told(since)).map(([transition]) => transition)).toEqual(['suspended', 'resumed', 'expired', 'revoked']);
  });

  test('a key that the clock passes expires just after its expiry', async () => {
    await issueKey(lk, { provider: 'estuary', owner: 'alice', expiresIn: '1h' });
    const since = lk.world.events.lastId;
    lk.world.clock.advance(7_200_000);
    expect(await told(since)).toEqual([['expired', 3_600_001]]);
  });
});

test.each(['suspend', 'resume', 'revoke', 'expire'])('%s is refused for an unknown key', async (to) => {
  const { body } = await move('nope', to).expect(404);
  expect(body).toEqual({ error: { code: 'key_not_found', message: 'There is no key with the id "nope".', details: null } });
});

test('a key of another world is unknown', async () => {
  const { id } = await issueKey(lk, { provider: 'estuary', owner: 'alice' }, '/~elsewhere');
  for (const to of ['suspend', 'resume', 'revoke', 'expire']) await move(id, to).expect(404);
  expect((await lk.request.get(`/~elsewhere/_latchkey/keys/${id}`).expect(200)).body.state).toBe('active');
  await lk.worlds.drop('elsewhere');
});
