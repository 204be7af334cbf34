import { expect, test } from 'vitest';
import whylabs from '../../../../src/providers/whylabs/index.ts';
import { emulatorForTests } from '../../emulator.ts';
import { admin, keysOf, system, user, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();

test('the seed has the three promised credentials, which look like real keys and work', async () => {
  const credentials = (await lk.world.credentials()).get('whylabs') ?? [];
  expect(credentials.map(({ name, secret }) => [name, secret])).toEqual([
    ['system', system],
    ['admin', admin],
    ['user', user],
  ]);
  for (const { secret, header } of credentials) {
    expect(secret).toMatch(/^[A-Za-z0-9]{10}\.[A-Za-z0-9]{53}:(0|org-123)$/);
    expect(header).toEqual({ name: 'X-API-Key', value: secret });
    await lk.request
      .get(validatePath)
      .set('X-API-Key', secret ?? '')
      .expect(200);
  }
});

test('an empty world has only the system key and its organisation', async () => {
  await lk.world.reset('bootstrap');
  await lk.request.get(validatePath).set('X-API-Key', user).expect(403);
  await lk.request.get(validatePath).set('X-API-Key', admin).expect(403);
  await lk.request
    .post(`${keysOf('org-123')}?user_id=u`)
    .set('X-API-Key', system)
    .expect(404);
  const { body } = await lk.request
    .post(`${keysOf('0')}?user_id=u`)
    .set('X-API-Key', system)
    .expect(200);
  await lk.request.get(validatePath).set('X-API-Key', body.key).expect(200);
});

test('the control plane finds a key with its organisation and without', () => {
  const { normalizeSecret } = whylabs.emulate('documented');
  expect(normalizeSecret?.(user)).toBe(user.slice(0, 64));
  expect(normalizeSecret?.(user.slice(0, 64))).toBe(user.slice(0, 64));
});
