import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { addKey, create, keysOf, keysPath, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const get = (keyId: string, orgId = 'org-123') => lk.request.get(`${keysOf(orgId)}/${keyId}`).set('X-API-Key', system);

describe('GET …/api-key/{key_id} 200', () => {
  test('shows the key inside `key`, with its last use and without its secret', async () => {
    const { key, keyId } = await create(lk, { alias: 'x' });
    lk.world.clock.advance(1000);
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
    const answer = await get(keyId).expect(200);
    expect(answer.text).toBe(
      `{"key":{"keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"lastUsedTime":"2030-01-01T00:00:01","alias":"x","revoked":false}}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('is empty for a key that is unknown, in another case, revoked or of another organisation', async () => {
    const { keyId } = await create(lk);
    await lk.request.delete(keysPath).query({ user_id: 'user-1', key_id: keyId }).set('X-API-Key', system).expect(200);
    const elsewhere = (await addKey(lk, 'org-x', 'user-1')).slice(0, 10);
    for (const id of ['HMiFAgQeNb', 'user000000', 'USER00000', keyId, elsewhere, '%00', '%F0%9F%94%91', 'x'.repeat(3000)]) {
      const answer = await get(id).expect(200);
      expect(answer.text).toBe('{}');
      expect(answer.headers['content-type']).toBe('application/json');
    }
  });

  test('is empty for an unknown organisation', async () => {
    expect((await get('USER000000', 'org-x').expect(200)).text).toBe('{}');
  });
});
