import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/rockset/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, expectError, invitedUser, reader, usersPath } from '../../rockset.ts';
import { memberText, readerText, userText } from './user-texts.ts';

const lk = emulatorForTests();
const get = (user: string, by = admin) => lk.request.get(usersPath(user)).set('Authorization', by);

describe('GET …/users/{user} 200', () => {
  test('a user is not wrapped, and the address may be in any case, raw or escaped', async () => {
    for (const user of ['member@me.com', 'Member@ME.com', 'member%40me.com']) {
      expect((await get(user, reader).expect(200)).text).toBe(memberText);
    }
  });

  test('a user with a pending invitation is NEW and PENDING; a plus in the path stays a plus', async () => {
    await lk.world.resources('rockset').put(users, invitedUser('pme+x@me.com'));
    const { text } = await get('pme+x@me.com').expect(200);
    const invitation = { state: 'NEW', invited: 'PENDING', invitedBy: null } as const;
    expect(text).toBe(userText({ email: 'pme+x@me.com', roles: ['admin'], ...invitation }));
  });

  test("one's own address gives the same view as that of other users", async () => {
    expect((await get('reader@me.com', reader).expect(200)).text).toBe(readerText);
  });
});

describe('GET …/users/{user} 404', () => {
  test('a user of another organization is as unknown as one that does not exist', async () => {
    await lk.world.resources('rockset').put(users, invitedUser('boss@other.org', 'other'));
    for (const user of ['boss@other.org', 'nobody@me.com', 'Nobody', 'SELF', 'acme%2Fadmin@me.com']) {
      expectError(await get(user), 404, 'NOTFOUND', `User "${decodeURIComponent(user)}" not found`);
    }
  });
});
