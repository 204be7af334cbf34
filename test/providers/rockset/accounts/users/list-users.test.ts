import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/rockset/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, expectError, expectRefused, forbidden, invitedUser, reader, usersPath } from '../../rockset.ts';
import { adminText, memberText, readerText } from './user-texts.ts';

const lk = emulatorForTests();
const list = (by = admin) => lk.request.get(usersPath()).set('Authorization', by);

describe('GET …/users 200', () => {
  test("the users are wrapped, and their organizations have only the id, also in the principal's own entry", async () => {
    expect((await list().expect(200)).text).toBe(`{"data":[${adminText},${memberText},${readerText}]}`);
  });

  test('they are sorted by address in byte order, not in the order of creation', async () => {
    const resources = lk.world.resources('rockset');
    for (const name of ['pme', 'pme+b', 'pme+a', 'zoe', 'a']) await resources.put(users, invitedUser(`${name}@me.com`));
    const { body } = await list(reader).expect(200);
    expect(body.data.map(({ email }: { email: string }) => email)).toEqual(
      ['a', 'admin', 'member', 'pme+a', 'pme+b', 'pme', 'reader', 'zoe'].map((name) => `${name}@me.com`),
    );
  });

  test('users of another organization are not listed', async () => {
    await lk.world.resources('rockset').put(users, invitedUser('boss@other.org', 'other'));
    expect((await list().expect(200)).body.data).toHaveLength(3);
  });
});

describe('GET …/users 401 and 403', () => {
  test('without a key it is refused', async () => {
    expectRefused(await lk.request.get(usersPath()));
  });

  test('a key whose role lacks LIST_USERS_GLOBAL is refused', async () => {
    const key = { owner: 'admin@me.com', name: 'powerless', role: 'nothing' };
    await lk.request.post('/v1/orgs/self/roles').set('Authorization', admin).send({ role_name: 'nothing' }).expect(200);
    const { credential } = await lk.world.addKey('rockset', key);
    expectError(await list(credential.header?.value), 403, 'FORBIDDEN', forbidden);
  });
});
