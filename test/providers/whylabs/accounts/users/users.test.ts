import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { expectHandled, expectUnbound, expectUnreadable, system } from '../../whylabs.ts';

const lk = emulatorForTests();
const path = '/v0/user';
const post = (body: object) => lk.request.post(path).set('X-API-Key', system).send(body);
const put = (body: object) => lk.request.put(path).set('X-API-Key', system).send(body);
const get = (rest: string) => lk.request.get(`${path}${rest}`).set('X-API-Key', system);
const about = (domain: string) => `Additional information: User's email domain: ${domain}`;

/** The id that the real server makes: the digits of a number, without leading zeros. */
function idOf(email: string): string {
  const salted = `${email}f36e6cbe-5c10-417c-ba69-0d9bcd16439e`;
  return `user-${createHash('sha256').update(salted).digest('hex').replace(/^0+/, '')}`;
}

describe('POST /v0/user 200', () => {
  test('the id of a user is derived from the address, which is stored in lower case', async () => {
    const answer = await post({ email: 'New.User+tag@WhyLabs.AI', more: 'overlooked' }).expect(200);
    const userId = idOf('new.user+tag@whylabs.ai');
    expect(answer.text).toBe(`{"userId":"${userId}","email":"new.user+tag@whylabs.ai"}`);
    expect(answer.headers['content-type']).toBe('application/json');
    expect((await get(`/${userId}`).expect(200)).text).toBe(answer.text);
  });

  test('an id is a number in hex, without leading zeros', async () => {
    const emails = Array.from({ length: 40 }, (_, index) => `user-${index}@example.org`);
    const short = emails.find((email) => idOf(email).length < 'user-'.length + 64) ?? 'none';
    expect((await post({ email: short }).expect(200)).body.userId).toBe(idOf(short));
  });

  test.each(["o'neil@example.com", 'a.b-c_d@sub.example.co', 'x@bücher.example', 'a!#$%&*/=?^`{|}~b@example.com'])(
    '%s is accepted as an address',
    async (email) => {
      await post({ email }).expect(200);
    },
  );
});

test('the address of the documented example is accepted', async () => {
  const { body } = await post({ email: 'a@b.c' }).expect(200);
  expect(body).toEqual({ userId: expect.stringMatching(/^user-[0-9a-f]{64}$/), email: 'a@b.c' });
});

describe('POST /v0/user 400', () => {
  test('an address that a user has exists already, in any case', async () => {
    for (const email of ['user@example.com', 'USER@Example.com']) {
      expectHandled(await post({ email }), 400, 'IllegalArgument', 'Email already exists.');
    }
  });

  test.each([
    '',
    'nobody',
    'a@b',
    'a@localhost',
    'a b@example.com',
    'a@b@example.com',
    'a@example.com, b@example.com',
    '.a@b.com',
  ])('%j is not an address, and the answer names the parameter', async (email) => {
    const answer = await post({ email });
    const message = `Invalid email address format: ${email}. Only a single email is allowed.`;
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(
      JSON.stringify({ message, requestId: answer.headers['x-request-id'], type: 'ArgumentValue', parameter: 'email' }),
    );
  });

  test('an address that a user gave up still leads to the same id, which exists already', async () => {
    const { userId } = (await post({ email: 'old@example.com' }).expect(200)).body;
    await put({ userId, email: 'new@example.com' }).expect(200);
    const message = `Item with key USER#${userId} already exists`;
    expectHandled(await post({ email: 'old@example.com' }), 400, 'IllegalArgument', message);
  });

  test('without an address the framework names the missing argument', async () => {
    const type = 'ai.whylabs.songbird.v0.controllers.CreateUserRequest';
    expectUnreadable(
      await post({}),
      path,
      `Instantiation of [simple type, class ${type}] value failed for JSON property email due to missing (therefore NULL) value ` +
        'for creator parameter email which is a non-nullable type\n at [Source: UNKNOWN; byte offset: #UNKNOWN] ' +
        `(through reference chain: ${type}["email"])`,
    );
  });

  test('of ten concurrent creations with one address, one succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ email: 'once@example.com' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('GET /v0/user', () => {
  test('a user is found by address, in any case, and by id', async () => {
    const shown = '{"userId":"user-123","email":"user@example.com"}';
    for (const rest of ['?email=user@example.com', '?email=USER%40example.com', '/user-123']) {
      expect((await get(rest).expect(200)).text).toBe(shown);
    }
  });

  test('an unknown user is not found, and the answer names the domain as it was sent', async () => {
    expectHandled(await get('?email=X@Acme.com'), 404, 'UserNotFound', `Resource User. ${about('Acme.com')}`);
    expectHandled(await get('?email=nobody'), 404, 'UserNotFound', `Resource User. ${about('nobody')}`);
    expectHandled(await get('/user-x'), 404, 'UserNotFound', `Resource User with ID user-x not found. ${about('')}`);
  });

  test('without an address the framework names the missing argument', async () => {
    expectUnbound(await get(''), path, 'email', 'Required QueryValue [email] not specified');
  });
});

describe('PUT /v0/user', () => {
  test('replaces the address and the preferences, and keeps the id', async () => {
    const answer = await put({ userId: 'user-123', email: 'other@example.com', preferences: '{"a":1}' }).expect(200);
    expect(answer.text).toBe('{"userId":"user-123","email":"other@example.com","preferences":"{\\"a\\":1}"}');
    await get('?email=user@example.com').expect(404);
    const without = await put({ userId: 'user-123', email: 'other@example.com' }).expect(200);
    expect(without.text).toBe('{"userId":"user-123","email":"other@example.com"}');
  });

  test('an address is stored as it was sent: with capital letters it finds no user, and two users may have the same', async () => {
    await put({ userId: 'user-123', email: 'Other@example.com' }).expect(200);
    await get('?email=Other@example.com').expect(404);
    await put({ userId: 'user-123', email: 'admin@example.com' }).expect(200);
    expect((await get('?email=admin@example.com').expect(200)).body.userId).toBe('user-admin');
  });

  test('an unknown user is a failure of the store', async () => {
    const answer = await put({ userId: 'user-x', email: 'x@example.com' });
    expectHandled(answer, 500, 'Internal', 'Internal error. Unable to process request');
  });
});
