import { describe, expect, test } from 'vitest';
import { revokeKey, suspendKey } from '../../../src/core/api-key.ts';
import { emulatorForTests, epoch } from '../emulator.ts';
import { addKey, addOrganization, create, expectSilent, keysPath, minuteMs, system, user, validatePath } from './whylabs.ts';

const operations = [
  ['CreateApiKey', 'post', `${keysPath}?user_id=user-123`],
  ['ListApiKeys', 'get', keysPath],
  ['GetApiKey', 'get', `${keysPath}/USER000000`],
  ['RevokeApiKey', 'delete', `${keysPath}?user_id=user-123&key_id=USER000000`],
  ['ValidateApiKey', 'get', validatePath],
  ['ListModels', 'get', '/v0/organizations/org-123/models'],
] as const;

describe.each(['documented', 'strict'])('profile %s', (profile) => {
  const lk = emulatorForTests({ profiles: { whylabs: profile } });

  test.each(operations)('%s without a key is refused with 401 and no body', async (_id, method, path) => {
    expectSilent(await lk.request[method](path), 401);
  });

  test.each(operations)('%s with a malformed or unknown key is refused with 403 and no body', async (_id, method, path) => {
    const token = system.slice(0, 64);
    const malformed = ['', 'x', `Bearer ${system}`, `${token}x`, token.slice(1), token.replace('.', '-'), `${token}:0:0`, '{}'];
    const unknown = `${token.slice(0, 63)}1`;
    for (const presented of [...malformed, unknown, `${unknown}:0`]) {
      expectSilent(await lk.request[method](path).set('X-API-Key', presented), 403);
    }
  });

  test.each(operations)(
    '%s with a revoked, suspended or expired key is refused with 403 and no body',
    async (_id, method, path) => {
      const keys = lk.world.keys('whylabs');
      const [revoked, suspended, expired] = [
        await addKey(lk, '0', 'user-a', [':whylabs_system']),
        await addKey(lk, '0', 'user-b', [':whylabs_system']),
        await addKey(lk, '0', 'user-c', [':whylabs_system'], epoch + minuteMs),
      ];
      await keys.change({ owner: 'user-a' }, (key) => revokeKey(key, epoch));
      await keys.change({ owner: 'user-b' }, (key) => suspendKey(key, epoch));
      lk.world.clock.set(epoch + minuteMs + 1);
      for (const presented of [revoked, suspended, expired]) {
        expectSilent(await lk.request[method](path).set('X-API-Key', presented), 403);
      }
    },
  );

  test('a refused request changes nothing', async () => {
    const before = await lk.world.keys('whylabs').find({});
    for (const [, method, path] of operations) {
      await lk.request[method](path).expect(401);
      await lk.request[method](path).set('X-API-Key', 'x').expect(403);
    }
    expect(await lk.world.keys('whylabs').find({})).toEqual(before);
  });

  test('a key of a deleted organisation still works', async () => {
    await addOrganization(lk, 'org-123', { deleted: true });
    await lk.request.get(validatePath).set('X-API-Key', user).expect(200);
    await lk.request.get('/v0/organizations/org-123/models').set('X-API-Key', user).expect(200);
    const { body } = await lk.request.get(keysPath).set('X-API-Key', system).expect(200);
    expect(body.items).toHaveLength(2);
  });
});

describe('the presented key', () => {
  const lk = emulatorForTests();
  const validate = (headers: Record<string, string>) => lk.request.get(validatePath).set(headers);

  test('its organisation is never compared', async () => {
    const { key } = await create(lk);
    const token = key.slice(0, 64);
    for (const presented of [key, token, `${token}:`, `${token}:org-other`, `${token}:0`]) {
      await validate({ 'X-API-Key': presented }).expect(200);
    }
  });

  // WhyLabs 13.2, for keys of every scope: what follows the colon is dropped, and two colons make no key.
  test.each([
    ['system', system],
    ['user', user],
  ])('with %s: `key`, `key:` and `key:wrong` are the same key, `key:a:b` is none', async (_, secret) => {
    const token = secret.slice(0, 64);
    const headers = (presented: string) => ({ 'X-API-Key': presented, 'X-Request-Id': 'fixed' });
    const path = '/v0/organizations/org-123/models';
    const answers = ['', ':', ':wrong', ':org-123'].map((suffix) => lk.request.get(path).set(headers(token + suffix)));
    for (const { status, text } of await Promise.all(answers)) expect([status, text]).toEqual([200, '{"items":[]}']);
    for (const suffix of [':a:b', '::', ':org-123:', ':org-123:org-123']) {
      expectSilent(await lk.request.get(path).set(headers(token + suffix)), 403);
    }
    for (const presented of [`:${token}`, ':', `${token.slice(1)}:org-123`]) {
      expectSilent(await lk.request.get(path).set(headers(presented)), 403);
    }
  });

  test('is read from the header, whose name may be in any case', async () => {
    await validate({ 'x-api-key': user }).expect(200);
    await validate({ 'X-API-KEY': user }).expect(200);
  });

  test('is read from the cookie of the exact name', async () => {
    await validate({ Cookie: `X-API-Key=${user}` }).expect(200);
    await validate({ Cookie: `a=b; X-API-Key="${user}"; c=d` }).expect(200);
    expectSilent(await validate({ Cookie: `x-api-key=${user}` }), 401);
    expectSilent(await validate({ Cookie: 'X-API-Key=' }), 403);
  });

  test('is read from the header rather than from the cookie, even if the header is empty', async () => {
    await validate({ 'X-API-Key': user, Cookie: 'X-API-Key=x' }).expect(200);
    expectSilent(await validate({ 'X-API-Key': '', Cookie: `X-API-Key=${user}` }), 403);
  });

  test('is not read from Authorization or the query', async () => {
    expectSilent(await validate({ Authorization: `Bearer ${user}` }), 401);
    expectSilent(await lk.request.get(`${validatePath}?X-API-Key=${user}`), 401);
  });

  test('may contain the few signs that the real parser accepts', async () => {
    const token = `SIGNS00000.${'+-^!$&@'.padEnd(53, 'x')}`;
    await lk.world.keys('whylabs').issue({ tenant: 'org-123', owner: 'u', secret: token, hint: 'SIGNS00000' }, epoch);
    await validate({ 'X-API-Key': token }).expect(200);
    expectSilent(await validate({ 'X-API-Key': token.replace('+', '*') }), 403);
  });
});
