import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { userId, users } from '../../../src/providers/rockset/accounts/users/users.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, apiKey, expectRefused, keysOf, ownKeys, secrets } from './rockset.ts';

const lk = emulatorForTests();
const call = (authorization: string) => lk.request.get(ownKeys).set('Authorization', authorization);

describe('authentication 200', () => {
  test.each(['ApiKey', 'apikey', 'APIKEY', 'aPiKeY'])('the scheme %s is accepted', async (scheme) => {
    await call(`${scheme} ${secrets.admin}`).expect(200);
  });

  test('spaces around and between scheme and key are ignored', async () => {
    await call(`  ApiKey   ${secrets.admin}  `).expect(200);
  });

  test('other headers of clients are ignored', async () => {
    await call(admin).set('x-rockset-version', '0.25.0').set('organization', 'somewhere-else').expect(200);
  });
});

describe('authentication 401', () => {
  test('no header', async () => {
    expectRefused(await lk.request.get(ownKeys));
  });

  test('an empty header', async () => {
    expectRefused(await call(''));
  });

  test.each([
    ['a scheme alone', 'ApiKey'],
    ['a key alone', secrets.admin],
    ['another scheme', `Basic ${secrets.admin}`],
    ['more than a key', `ApiKey ${secrets.admin} x`],
    ['two headers in one', `ApiKey ${secrets.admin}, ApiKey ${secrets.admin}`],
    ['a colon', `ApiKey: ${secrets.admin}`],
  ])('%s is malformed', async (_, header) => {
    expectRefused(await call(header));
  });

  test.each([
    ['shorter', secrets.admin.slice(0, -1)],
    ['longer', `${secrets.admin}0`],
    ['in another case', secrets.admin.toUpperCase()],
    ['only masked', `admi${'*'.repeat(60)}`],
    ['the hash', '0'.repeat(64)],
    ['SQL', "'OR'1'='1"],
  ])('a key that was never issued (%s) is refused', async (_, secret) => {
    expectRefused(await call(apiKey(secret)));
  });

  test('a deleted key is refused like a key that was never issued', async () => {
    await lk.request.delete(keysOf('self', 'admin')).set('Authorization', admin).expect(200);
    expectRefused(await call(admin));
  });

  test('a key whose owner was deleted is refused, even if another organization has a user of that address', async () => {
    const foreign = `Foreign${'0'.repeat(57)}`;
    const draft = { tenant: 'other', owner: 'admin@me.com', name: 'foreign', secret: foreign, hint: foreign.slice(0, 6) };
    await lk.world.keys('rockset').issue(draft, lk.world.clock.now());
    expectRefused(await call(apiKey(foreign)));
    await lk.world.resources('rockset').remove(users, userId('acme', 'admin@me.com'));
    expectRefused(await call(admin));
  });

  // Rockset 13.1: the only text of a refusal that was ever published.
  test('the answer has the published words, whole', async () => {
    const { status, text, headers } = await call('ApiKey x');
    expect({ status, type: headers['content-type'], text: text.replace(/(?<="trace_id":")[0-9a-f-]{36}/, 'v4') }).toEqual({
      status: 401,
      type: 'application/json',
      text:
        '{"message":"Authentication Failure","message_key":null,"type":"AUTHEXCEPTION","line":null,"column":null,' +
        '"trace_id":"v4","error_id":null,"query_id":null,"internal_errors":null}',
    });
  });

  test('a refusal has no WWW-Authenticate header, and a trace id of its own', async () => {
    const [one, other] = await Promise.all([call('x'), call('x')]);
    expect(one.headers).not.toHaveProperty('www-authenticate');
    expect(one.body.trace_id).not.toBe(other.body.trace_id);
  });

  test('a header of random bytes is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: Buffer.from('ApiKey \u00ff\u0080\u00fe', 'latin1').toString('latin1') };
      httpRequest(`${lk.url}${ownKeys}`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });
});
