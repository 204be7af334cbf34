import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { create, expectHandled, expectUnbound, keysOf, keysPath, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const revoke = (query: object, orgId = 'org-123') => lk.request.delete(keysOf(orgId)).query(query).set('X-API-Key', system);

describe('DELETE …/api-key 200', () => {
  test('shows the key as revoked, without its secret and without its last use', async () => {
    const { key, keyId } = await create(lk, { scopes: ':user', alias: 'x' });
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
    const answer = await revoke({ user_id: 'user-1', key_id: keyId }).expect(200);
    expect(answer.text).toBe(
      `{"keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"scopes":[":user"],"alias":"x","revoked":true}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('the key is refused from the next request on, and can be revoked again', async () => {
    const { key, keyId } = await create(lk);
    const first = await revoke({ user_id: 'user-1', key_id: keyId }).expect(200);
    await lk.request.get(validatePath).set('X-API-Key', key).expect(403);
    lk.world.clock.advance(1000);
    const second = await revoke({ user_id: 'user-1', key_id: keyId }).expect(200);
    expect(second.text).toBe(first.text);
    await lk.request.get(validatePath).set('X-API-Key', key).expect(403);
  });

  test('the list of the organisation loses the key, the list of the user keeps it', async () => {
    const { keyId } = await create(lk);
    await revoke({ user_id: 'user-1', key_id: keyId }).expect(200);
    const shown = async (path: string) => (await lk.request.get(path).set('X-API-Key', system).expect(200)).text;
    expect(await shown(keysPath)).not.toContain(keyId);
    expect(await shown(`${keysPath}/${keyId}`)).toBe('{}');
    expect(await shown(`${keysPath}?user_id=user-1`)).toContain(`"keyId":"${keyId}"`);
  });

  test('of two keys of one user that share an id, the first is revoked', async () => {
    for (const last of ['1', '2']) {
      const secret = `TWICE00000.${last.padStart(53, '0')}`;
      await lk.world.keys('whylabs').issue({ tenant: 'org-123', owner: 'user-1', secret, hint: 'TWICE00000' }, epoch);
    }
    await revoke({ user_id: 'user-1', key_id: 'TWICE00000' }).expect(200);
    const states = (await lk.world.keys('whylabs').find({ hint: 'TWICE00000' })).map(({ state }) => state);
    expect(states).toEqual(['revoked', 'active']);
  });

  test('a JSON content type changes nothing', async () => {
    const { keyId } = await create(lk);
    await revoke({ user_id: 'user-1', key_id: keyId }).set('Content-Type', 'application/json').expect(200);
  });
});

describe('DELETE …/api-key 404', () => {
  test('an empty key id is not found', async () => {
    const answer = await revoke({ user_id: 'user-1', key_id: '' });
    expectHandled(answer, 404, 'ResourceNotFound', 'Resource ApiKey with ID  not found.');
  });

  test('a key of another user or organisation is not found, and does not change', async () => {
    const { key, keyId } = await create(lk);
    const misses = [
      await revoke({ user_id: 'user-2', key_id: keyId }),
      await revoke({ user_id: 'user-1', key_id: keyId }, 'org-x'),
      await revoke({ user_id: 'user#1', key_id: keyId }),
    ];
    for (const miss of misses) expectHandled(miss, 404, 'ResourceNotFound', `Resource ApiKey with ID ${keyId} not found.`);
    const unknown = await revoke({ user_id: 'user-1', key_id: 'HMiFAgQeNb' });
    expectHandled(unknown, 404, 'ResourceNotFound', 'Resource ApiKey with ID HMiFAgQeNb not found.');
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
  });
});

describe('DELETE …/api-key 400', () => {
  test('a missing user is reported before a missing key', async () => {
    const missing = (name: string) => `Required QueryValue [${name}] not specified`;
    expectUnbound(await revoke({}), keysPath, 'user_id', missing('user_id'));
    expectUnbound(await revoke({ key_id: 'x' }), `${keysPath}?key_id=x`, 'user_id', missing('user_id'));
    expectUnbound(await revoke({ user_id: 'x' }), `${keysPath}?user_id=x`, 'key_id', missing('key_id'));
  });

  test('a blank user is refused', async () => {
    expectHandled(await revoke({ user_id: ' ', key_id: 'x' }), 400, 'IllegalArgument', 'Missing values: org-123, ');
  });
});
