import { describe, expect, test } from 'vitest';
import { latestInstant } from '../../../../../src/clock.ts';
import { users } from '../../../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests, type TestEmulator } from '../../../emulator.ts';
import {
  carol,
  claimedInvite,
  createInvite,
  invalidInput,
  inviteCode,
  listInvites,
  loginStatus,
  takenName,
  unknownInvite,
} from '../../accounts.ts';
import { bearer, listKeys, tokenShape } from '../../estuary.ts';

const lk = emulatorForTests();
const register = (body: string | object, { request }: TestEmulator = lk) =>
  request.post('/register').set('Content-Type', 'application/json').send(body);
const userNames = async () => (await lk.world.resources('estuary').list(users)).map(({ data }) => data.username);

describe('POST /register 200', () => {
  test('the answer is a new token of 7 days and nothing else', async () => {
    const answer = await register(carol).expect(200);
    const { token } = answer.body;
    expect(token).toMatch(tokenShape);
    expect(answer.text).toBe(`{"token":"${token}","expiry":"2030-01-08T00:00:00Z"}\n`);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('the token is a full key of a new user of level 2, with the next id, and expires after 7 days to the millisecond', async () => {
    const { body } = await register(carol);
    const use = () => lk.request.get('/viewer').set('Authorization', bearer(body.token));
    expect((await use().expect(200)).body).toMatchObject({ username: 'carol', perms: 2, id: 4 });
    expect((await listKeys(lk, bearer(body.token))).map(({ label }) => label)).toEqual(['on-register']);
    lk.world.clock.advance(7 * 86_400_000);
    await use().expect(200);
    lk.world.clock.advance(1);
    expect((await use().expect(401)).body.error.details).toBe('token for user 4 expired 2030-01-08 00:00:00 +0000 UTC');
  });

  test('the user can log in from then on, whatever the case of the name', async () => {
    await register({ ...carol, username: 'Carol' }).expect(200);
    expect(await loginStatus(lk, 'carol', 'carol-hash')).toBe(200);
    expect(await loginStatus(lk, 'CAROL', 'carol-hash')).toBe(200);
    expect(await loginStatus(lk, 'carol', 'Carol-hash')).toBe(403);
  });

  test('the invite is claimed by the user', async () => {
    await register(carol).expect(200);
    expect(await listInvites(lk)).toMatchObject([{ code: inviteCode, createdBy: 'admin', claimedBy: 'carol' }]);
  });

  test('an empty name with an empty password is accepted, once', async () => {
    await createInvite(lk, 'second');
    await register({ inviteCode }).expect(200);
    expect(await loginStatus(lk, '', '')).toBe(200);
    expect((await register({ inviteCode: 'second' }).expect(400)).text).toBe(takenName);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'nonsense'])(
    'the content type is ignored: %s',
    async (contentType) => {
      await lk.request.post('/register').set('Content-Type', contentType).send(JSON.stringify(carol)).expect(200);
    },
  );
});

describe('POST /register 400', () => {
  test('an invite can be used once', async () => {
    await register(carol).expect(200);
    const again = await register({ ...carol, username: 'dave' }).expect(400);
    expect(again.text).toBe(claimedInvite);
    expect(await userNames()).not.toContain('dave');
  });

  test('a taken name, in upper or lower case, leaves the invite free', async () => {
    for (const username of ['alice', 'ALICE', 'admin']) {
      expect((await register({ ...carol, username }).expect(400)).text).toBe(takenName);
    }
    expect(await listInvites(lk)).toMatchObject([{ claimedBy: '' }]);
    await register(carol).expect(200);
  });

  test.each([
    ['no body', '', 'EOF'],
    ['a cut body', '{"username":"carol"', 'unexpected EOF'],
    ['a form', 'username=carol', "invalid character 'u' looking for beginning of value"],
    ['an array', '[]', 'json: cannot unmarshal array into Go value of type main.registerBody'],
    [
      'a number for an invite',
      '{"inviteCode":1}',
      'json: cannot unmarshal number into Go struct field registerBody.inviteCode of type string',
    ],
    [
      'a list for a name',
      '{"username":["carol"]}',
      'json: cannot unmarshal array into Go struct field registerBody.username of type string',
    ],
  ])("%s is answered with Go's error text", async (_what, body, text) => {
    expect((await register(body).expect(400)).text).toBe(invalidInput(text));
  });
});

describe('POST /register 404', () => {
  test.each(['nothing', 'LATCHKEY', ' latchkey', '', undefined])('an invite that does not exist: %j', async (code) => {
    expect((await register({ ...carol, inviteCode: code }).expect(404)).text).toBe(unknownInvite);
    expect(await userNames()).not.toContain('carol');
  });
});

describe('POST /register, the order of the checks', () => {
  test('the body, that the invite exists, that it is free, that the name is free', async () => {
    await register(carol).expect(200);
    const taken = { username: 'alice', passwordHash: 'x' };
    expect((await register('{"username":1,"inviteCode":"nothing"}').expect(400)).text).toMatch(/cannot unmarshal number/);
    expect((await register({ ...taken, inviteCode: 'nothing' }).expect(404)).text).toBe(unknownInvite);
    expect((await register({ ...taken, inviteCode }).expect(400)).text).toBe(claimedInvite);
  });
});

describe('POST /register 500', () => {
  test("a session that expires beyond the year 9999 is answered with the error of Go's encoder, and no user is made", async () => {
    lk.world.clock.set(latestInstant);
    const answer = await register(carol).expect(500);
    expect(answer.body.error.details).toMatch(/^json: error calling MarshalJSON .* year outside of range \[0,9999\]$/);
    expect(await userNames()).not.toContain('carol');
  });
});

describe('many registrations at once', () => {
  test('with one invite: one succeeds, and the others leave no user behind', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
    const answers = await Promise.all(names.map((username) => register({ ...carol, username })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    expect(new Set(answers.filter(({ status }) => status === 400).map(({ text }) => text))).toEqual(new Set([claimedInvite]));
    const [{ claimedBy } = { claimedBy: '' }] = await listInvites(lk);
    expect(await userNames()).toEqual(['admin', 'alice', 'bob', claimedBy]);
  });

  test('for one name: one succeeds, and every other invite stays free', async () => {
    const codes = Array.from({ length: 10 }, (_, index) => `code${index}`);
    for (const code of codes) await createInvite(lk, code);
    const answers = await Promise.all(codes.map((code) => register({ ...carol, inviteCode: code })));
    const refusals = answers.filter(({ status }) => status !== 200);
    expect(refusals).toHaveLength(9);
    for (const { body } of refusals) {
      expect([
        { code: 400, reason: 'ERR_USERNAME_TAKEN', details: 'username already exist' },
        { code: 500, reason: 'ERR_USER_CREATION_FAILED', details: '' },
      ]).toContainEqual(body.error);
    }
    expect((await listInvites(lk)).filter(({ claimedBy }) => claimedBy !== '')).toHaveLength(1);
  });
});

describe('in v0.4', () => {
  const latest = emulatorForTests({ profiles: { estuary: 'v0.4' } });

  test('the session of a registration is marked as one, and its token is not shown again', async () => {
    const { body } = await register(carol, latest).expect(200);
    expect(await listKeys(latest, bearer(body.token))).toMatchObject([{ token: '', label: 'on-register', isSession: true }]);
  });

  test("Go's text names the package that the handlers moved to", async () => {
    const answer = await register('[]', latest).expect(400);
    expect(answer.text).toBe(invalidInput('json: cannot unmarshal array into Go value of type api.registerBody'));
  });
});
