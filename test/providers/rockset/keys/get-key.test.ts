import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, keysOf, member, ownKeys, secrets } from '../rockset.ts';

const lk = emulatorForTests();
const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);
const stars = '*'.repeat(60);

describe('GET …/apikeys/{name} 200', () => {
  test('the answer is the key, masked', async () => {
    const answer = await get(keysOf('self', 'admin')).expect(200);
    expect(answer.text).toBe(
      `{"data":{"created_at":"2030-01-01T00:00:00Z","name":"admin","key":"admi${stars}",` +
        '"last_access_time":"2030-01-01T00:00:00Z","expiry_time":null,"role":null,"created_by":"admin@me.com","state":"ACTIVE"}}',
    );
  });

  test.each(['true', 'True', 'TRUE', 'tRuE', 'true&reveal=false'])('reveal=%s shows the full key', async (reveal) => {
    const { body } = await get(`${keysOf('self', 'admin')}?reveal=${reveal}`).expect(200);
    expect(body.data.key).toBe(secrets.admin);
  });

  test.each(['false', 'False', '', '1', 'yes', 'true%20', '%zz', 'false&reveal=true'])(
    'reveal=%s does not: only true counts',
    async (reveal) => {
      const { body } = await get(`${keysOf('self', 'admin')}?reveal=${reveal}`).expect(200);
      expect(body.data.key).toBe(`admi${stars}`);
    },
  );

  test('the revealed key is the issued key, also for an administrator who reads the key of another user', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', member).send({ name: 'k' }).expect(200);
    const own = await get(`${keysOf('self', 'k')}?reveal=true`, member).expect(200);
    expect(own.body.data.key).toBe(body.data.key);
    const others = await get(`${keysOf('member@me.com', 'k')}?reveal=true`).expect(200);
    expect(others.body.data.key).toBe(body.data.key);
  });

  test('a key whose secret was not kept stays masked', async () => {
    const secret = `Kept${'0'.repeat(59)}1`;
    const draft = { tenant: 'acme', owner: 'admin@me.com', name: 'lost', secret, hint: secret.slice(0, 6) };
    await lk.world.keys('rockset').issue(draft, lk.world.clock.now());
    const { body } = await get(`${keysOf('self', 'lost')}?reveal=true`).expect(200);
    expect(body.data.key).toBe(`Kept${stars}`);
  });

  test('the last access changes with each use of the key at once, in whole seconds', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'used' }).expect(200);
    lk.world.clock.advance(61_999);
    await get('/v1/orgs/self', apiKey(body.data.key)).expect(200);
    lk.world.clock.advance(3_600_000);
    const answer = await get(keysOf('self', 'used')).expect(200);
    expect(answer.body.data.last_access_time).toBe('2030-01-01T00:01:01Z');
  });
});

describe('GET …/apikeys/{name} 403 and 404', () => {
  test('an unknown name is not found, and names are case-sensitive', async () => {
    for (const [path, name] of [
      ['no-such-key', 'no-such-key'],
      ['Admin', 'Admin'],
      ['a%20b%2Fc%25d', 'a b/c%d'],
      ['%22', '"'],
      ['x'.repeat(300), 'x'.repeat(300)],
    ] as const) {
      const answer = await get(keysOf('self', path));
      expectError(answer, 404, 'NOTFOUND', `API key "${name}" not found`, 'API_KEY_NOT_FOUND');
    }
  });

  test("the name of another user's key is not found among one's own", async () => {
    const answer = await get(keysOf('self', 'member'));
    expectError(answer, 404, 'NOTFOUND', 'API key "member" not found', 'API_KEY_NOT_FOUND');
  });

  test("only an administrator may read another user's key", async () => {
    const answer = await get(`${keysOf('admin@me.com', 'admin')}?reveal=true`, member);
    expectError(answer, 403, 'FORBIDDEN', 'Not authorized to perform this action');
  });
});
