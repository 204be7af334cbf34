import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  addKey,
  addOrganization,
  create,
  expectHandled,
  keysOf,
  keysPath,
  minuteMs,
  system,
  user,
  validatePath,
} from '../whylabs.ts';

const lk = emulatorForTests();
const list = (query = '', orgId = 'org-123') => lk.request.get(`${keysOf(orgId)}${query}`).set('X-API-Key', system);
const revoke = (keyId: string) =>
  lk.request.delete(keysPath).query({ user_id: 'user-1', key_id: keyId }).set('X-API-Key', system).expect(200);

describe('GET …/api-key 200, an organisation', () => {
  test('has these fields, in wire order, without absent ones', async () => {
    await addOrganization(lk, 'org-x');
    const { keyId } = await create(lk, { scopes: ':user', alias: 'x', expiration_time: 1893542400000 }, 'org-x');
    const bare = await create(lk, { user_id: 'user-2' }, 'org-x');
    lk.world.clock.advance(1500);
    await lk.request.get(validatePath).set('X-API-Key', bare.key).expect(200);
    const answer = await list('', 'org-x').expect(200);
    expect(answer.text).toBe(
      `{"items":[{"keyId":"${keyId}","orgId":"org-x","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"expirationTime":"2030-01-02T00:00:00","scopes":[":user"],"alias":"x","revoked":false},' +
        `{"keyId":"${bare.keyId}","orgId":"org-x","userId":"user-2","creationTime":"2030-01-01T00:00:00",` +
        '"lastUsedTime":"2030-01-01T00:00:01.5","alias":"","revoked":false}]}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('loses a key when it is revoked', async () => {
    const { keyId } = await create(lk);
    await revoke(keyId);
    expect((await list().expect(200)).text).not.toContain(keyId);
  });

  test('keeps a key that the control plane suspended, which is not revoked', async () => {
    const { keyId } = await create(lk);
    await lk.world.keys('whylabs').change({ hint: keyId }, (key) => ({ ...key, state: 'suspended' }));
    expect((await list().expect(200)).body.items).toContainEqual(expect.objectContaining({ keyId, revoked: false }));
  });

  test('is in the order of creation', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.push((await create(lk)).keyId);
    const { body } = await list().expect(200);
    expect(body.items.map(({ keyId }: { keyId: string }) => keyId)).toEqual(['ADMIN00000', 'USER000000', ...made]);
  });

  test('shows no key of another organisation', async () => {
    await addKey(lk, 'org-x', 'user-123');
    const { body } = await list().expect(200);
    expect(new Set(body.items.map(({ orgId }: { orgId: string }) => orgId))).toEqual(new Set(['org-123']));
  });

  test('an unknown organisation has an empty list', async () => {
    expect((await list('', 'org-x').expect(200)).text).toBe('{"items":[]}');
  });
});

describe('GET …/api-key 200, a user', () => {
  test('has revoked and expired keys too, in byte order of the key ids', async () => {
    const first = await create(lk, { expiration_time: lk.world.clock.now() + minuteMs });
    const second = await create(lk);
    const third = await create(lk);
    await revoke(second.keyId);
    lk.world.clock.advance(2 * minuteMs);
    const { body } = await list('?user_id=user-1').expect(200);
    const expected = [first, second, third].map(({ keyId }) => ({ keyId, revoked: keyId === second.keyId }));
    const shown = body.items.map(({ keyId, revoked }: { keyId: string; revoked: boolean }) => ({ keyId, revoked }));
    expect(shown).toEqual(expected.sort((one, other) => Buffer.compare(Buffer.from(one.keyId), Buffer.from(other.keyId))));
  });

  test('never shows the last use of a key', async () => {
    await lk.request.get(validatePath).set('X-API-Key', user).expect(200);
    expect((await list('?user_id=user-123').expect(200)).text).toBe(
      '{"items":[{"keyId":"USER000000","orgId":"org-123","userId":"user-123","creationTime":"2030-01-01T00:00:00",' +
        '"scopes":[":user"],"alias":"user","revoked":false}]}',
    );
  });

  test('an unknown user, or a user of another organisation, has an empty list', async () => {
    expect((await list('?user_id=nobody').expect(200)).text).toBe('{"items":[]}');
    expect((await list('?user_id=user-123', 'org-x').expect(200)).text).toBe('{"items":[]}');
    // What the Python client sends for None.
    expect((await list('?user_id=None').expect(200)).text).toBe('{"items":[]}');
  });
});

test('GET …/api-key 400: a blank user is refused', async () => {
  expectHandled(await list('?user_id='), 400, 'IllegalArgument', 'Missing values: org-123,');
});

test('a blank organisation is refused, in lists and in look-ups', async () => {
  expectHandled(await list('', '%20'), 400, 'IllegalArgument', 'Missing values:  ');
  expectHandled(await list('?user_id=u', '%20'), 400, 'IllegalArgument', 'Missing values:  ,u');
  const answer = await lk.request.get(`${keysOf('%20')}/USER000000`).set('X-API-Key', system);
  expectHandled(answer, 400, 'IllegalArgument', 'Missing values:  ');
});

test('no list ever shows a secret', async () => {
  const { key } = await create(lk);
  for (const query of ['', '?user_id=user-1']) {
    const { text } = await list(query).expect(200);
    expect(text).not.toContain(key.slice(11, 64));
    expect(text).not.toContain('"key":');
  }
});
