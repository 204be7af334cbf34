import { describe, expect } from 'vitest';
import { latchkeyTest } from '../../src/testing/vitest.ts';

const test = latchkeyTest({ clock: '2030-01-01T00:00:00Z' });
const issued: string[] = [];

describe.each(['first', 'second'])('the %s test of a file', () => {
  test('has the world of the file, reset, its clock frozen at the given instant', async ({ latchkey }) => {
    expect(latchkey.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/~vitest-fixture-test-ts-[0-9a-f]{8}$/);
    expect(await latchkey.clock.read()).toMatchObject({ now: '2030-01-01T00:00:00.000Z', frozen: true });
    expect(await latchkey.requests()).toEqual([]);
    expect(await latchkey.keys.list({ provider: 'estuary' })).toHaveLength(3);
    // The next test must find none of these changes.
    await latchkey.keys.issue({ provider: 'estuary', owner: 'alice' });
    await latchkey.clock.advance('1h');
    await fetch(`${latchkey.url}/viewer`);
    issued.push(latchkey.url);
  });
});

describe('dashboard G15: the requests of a test', () => {
  test('are marked with file > suite > test', async ({ latchkey }) => {
    await fetch(`${latchkey.url}/viewer`);
    const mark =
      'test/testing/vitest-fixture.test.ts > dashboard G15: the requests of a test > are marked with file > suite > test';
    expect(await latchkey.requests()).toMatchObject([{ mark }]);
  });

  test.concurrent('also in a world of its own', async ({ latchkey }) => {
    await fetch(`${latchkey.url}/viewer`);
    const [entry] = await latchkey.requests();
    expect(entry?.mark).toMatch(/ > also in a world of its own$/);
  });

  test(`are so if its name is longer than a mark may be: ${'long '.repeat(120)}`, async ({ latchkey }) => {
    await fetch(`${latchkey.url}/viewer`);
    const [entry] = await latchkey.requests();
    expect(entry?.mark).toMatch(/ > are so if its name is .*…$/);
    expect(entry?.mark).toHaveLength(500);
  });
});

test('all tests of a file share its world', async ({ latchkey }) => {
  expect(new Set(issued)).toEqual(new Set([latchkey.url]));
});

describe('matchers', () => {
  test('toBeRefused and toBeAccepted: for a secret, an issued key, a credential', async ({ latchkey }) => {
    const key = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci', expiresIn: '1h' });
    await expect(key).toBeAccepted();
    await expect(key.secret).not.toBeRefused();
    await latchkey.clock.advance('1h');
    await expect(key.credential).toBeAccepted();
    await latchkey.clock.advance('1ms');
    await expect(key.secret).toBeRefused('key_expired');
    await expect('never issued').toBeRefused('key_unknown');
    await expect(expect(key.secret).toBeRefused('key_revoked')).rejects.toThrow(
      `expected it to be refused for key_revoked: the key ${key.key.hint}… is expired (key_expired)`,
    );
    await expect(expect(key.secret).toBeAccepted()).rejects.toThrow(/^expected it to be accepted: the key .* is expired/);
    await expect(expect(key.secret).not.toBeRefused()).rejects.toThrow(/^expected it not to be refused: /);
  });

  test('the same for what a client returned: an answer, a promise of one, a status', async ({ latchkey }) => {
    const viewer = (secret: string) => fetch(`${latchkey.url}/viewer`, { headers: { authorization: `Bearer ${secret}` } });
    const { key, secret } = await latchkey.keys.issue({ provider: 'estuary', owner: 'bob' });
    await expect(viewer(secret)).toBeAccepted();
    await latchkey.keys.revoke(key.id);
    const answer = await viewer(secret);
    await expect(answer).toBeRefused();
    await expect(answer).toBeRefused('key_revoked');
    await expect({ statusCode: 401 }).toBeRefused('key_revoked');
    await expect(answer.status).toBeRefused('key_revoked');
    await expect(expect(answer).toBeRefused('key_expired')).rejects.toThrow(
      /^expected it to be refused for key_expired: it was answered 401\. Of the requests of its world GET \S+\/viewer was the last one with that answer\. The key .* revoked/,
    );
    await expect(expect(404).toBeRefused()).rejects.toThrow(
      'expected it to be refused: it was answered 404. No request of its world got that answer.',
    );
    await expect(expect(404).toBeAccepted()).rejects.toThrow(/answered 404/);
  });

  test('the same for what a client threw, with or without a status', async ({ latchkey }) => {
    await fetch(`${latchkey.url}/viewer`);
    await expect(Promise.reject(Object.assign(new Error(), { response: { status: 401 } }))).toBeRefused('credential_missing');
    await expect(Promise.reject(new Error('Unauthorized'))).toBeRefused('credential_missing');
    await expect(new Error('the same, caught')).toBeRefused('credential_missing');
    await fetch(`${latchkey.url}/health`);
    await expect(Promise.resolve({ data: 'the body alone' })).toBeAccepted();
    await expect(expect({ nothing: 'known' }).toBeRefused()).rejects.toThrow(
      /^expected a secret, or what a client returned or threw/,
    );
  });

  test('toHaveUsedKey and toHaveBeenUsed: requests that were not refused because of their key', async ({ latchkey }) => {
    const issuedKey = await latchkey.keys.issue({ provider: 'estuary', owner: 'bob' });
    const viewer = () => fetch(`${latchkey.url}/viewer`, { headers: { authorization: `Bearer ${issuedKey.secret}` } });
    await expect(latchkey).not.toHaveUsedKey(issuedKey);
    await latchkey.keys.suspend(issuedKey.key.id);
    await viewer();
    await expect(issuedKey.key).not.toHaveBeenUsed();
    await latchkey.keys.resume(issuedKey.key.id);
    await viewer();
    await expect(latchkey).toHaveUsedKey(issuedKey.key);
    await expect(latchkey).toHaveUsedKey(issuedKey.key.id, { operation: 'viewerGet' });
    await expect(issuedKey).not.toHaveBeenUsed({ operation: 'userApiKeysGet' });
    await expect(expect(latchkey).not.toHaveUsedKey(issuedKey)).rejects.toThrow(
      `expected the key ${issuedKey.key.id} not to have been used; requests with it: 1 let in, 1 refused`,
    );
  });
});
