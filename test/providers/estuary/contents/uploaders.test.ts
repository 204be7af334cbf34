import { describe, expect, test } from 'vitest';
import { users } from '../../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests } from '../../emulator.ts';
import { admin, alice, bearer, createKey, levelTooLow, missingCredential, uploadOnly } from '../estuary.ts';
import { bobId, content, storeContents } from './records.ts';

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('GET /admin/users in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const get = (by = admin) => lk.request.get('/admin/users').set('Authorization', by);

  test('200: null while no user owns contents', async () => {
    expect((await get().expect(200)).text).toBe('null\n');
  });

  test('200: the users who own contents, by id, with every content that is not deleted: inactive ones and aggregates too', async () => {
    await storeContents(
      lk,
      content(1, { userId: bobId, size: 7 }),
      content(2, { size: 100 }),
      content(3, { size: 20, active: false }),
      content(4, { size: 3, aggregate: true }),
      content(5, { size: 5_000, deletedAt: '2022-11-01T00:00:00Z' }),
    );
    expect((await get().expect(200)).text).toBe(
      '[{"id":2,"username":"alice","spaceUsed":123,"numFiles":3},{"id":3,"username":"bob","spaceUsed":7,"numFiles":1}]\n',
    );
  });

  test('200: a user who is gone has no name, and deleted contents do not count', async () => {
    await storeContents(lk, content(1), content(2, { userId: bobId, deletedAt: '2022-11-01T00:00:00Z' }));
    await lk.world.resources('estuary').remove(users, '2');
    expect((await get().expect(200)).body).toEqual([{ id: 2, username: '', spaceUsed: 100, numFiles: 1 }]);
  });

  test('401 and 403: only an administrator with a full key', async () => {
    const { token } = await createKey(lk, '?perms=upload', admin);
    expect((await lk.request.get('/admin/users').expect(401)).text).toBe(missingCredential);
    expect((await get(alice).expect(403)).text).toBe(levelTooLow);
    expect((await get(bearer(token)).expect(403)).text).toBe(uploadOnly);
  });
});
