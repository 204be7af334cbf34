import { describe, expect, test } from 'vitest';
import { organizations } from '../../../../src/providers/rockset/accounts/organizations/organizations.ts';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, expectRefused, keysOf, member, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const hourMs = 3_600_000;
const soon = '2030-01-01T01:00:00Z';
const later = '2030-06-01T00:00:00Z';
const update = (body: object, name = 'k') => lk.request.post(keysOf('self', name)).set('Authorization', admin).send(body);
const use = (secret: string) => lk.request.get('/v1/orgs/self').set('Authorization', apiKey(secret));

async function create(body: object = {}): Promise<string> {
  const answer = await lk.request
    .post(ownKeys)
    .set('Authorization', admin)
    .send({ name: 'k', ...body })
    .expect(200);
  return answer.body.data.key;
}

/** A key whose expiry has passed. */
async function createExpired(): Promise<string> {
  const secret = await create({ expiry_time: soon });
  lk.world.clock.advance(2 * hourMs);
  return secret;
}

describe('POST …/apikeys/{name} 200', () => {
  test('a suspended key is refused from the next request on, and accepted again once it is active', async () => {
    const secret = await create({ role: 'read-only' });
    const suspended = await update({ state: 'SUSPENDED' }).expect(200);
    expect(suspended.text).toBe(
      `{"data":{"created_at":"2030-01-01T00:00:00Z","name":"k","key":"${secret.slice(0, 4)}${'*'.repeat(60)}",` +
        '"last_access_time":"2030-01-01T00:00:00Z","expiry_time":null,"role":"read-only","created_by":"admin@me.com",' +
        '"state":"SUSPENDED"}}',
    );
    expectRefused(await use(secret));
    const active = await update({ state: 'ACTIVE' }).expect(200);
    expect(active.body.data).toEqual({ ...suspended.body.data, state: 'ACTIVE' });
    await use(secret).expect(200);
  });

  test.each(['ACTIVE', 'SUSPENDED'])('setting the state %s that the key already has changes nothing', async (state) => {
    await create();
    const { body } = await update({ state }).expect(200);
    const again = await update({ state }).expect(200);
    expect(again.body).toEqual(body);
  });

  test('an active key can get an expiry, change it and lose it', async () => {
    await create();
    for (const [body, shown] of [
      [{ expiry_time: soon }, soon],
      [{ expiry_time: later }, later],
      [{ clear_expiry_time: false }, later],
      [{ clear_expiry_time: true }, null],
      [{ expiry_time: soon, clear_expiry_time: false }, soon],
      [{ expiry_time: null, clear_expiry_time: true }, null],
    ] as const) {
      const answer = await update(body).expect(200);
      expect(answer.body.data).toMatchObject({ expiry_time: shown, state: 'ACTIVE' });
    }
  });

  test('state and expiry can change together', async () => {
    await create();
    const { body } = await update({ state: 'SUSPENDED', expiry_time: later }).expect(200);
    expect(body.data).toMatchObject({ state: 'SUSPENDED', expiry_time: later });
  });

  test.each([
    [{ expiry_time: later }, later],
    [{ clear_expiry_time: true }, null],
  ])('a key past its expiry is active again with %j in the same call', async (expiry, shown) => {
    const secret = await createExpired();
    const { body } = await update({ state: 'ACTIVE', ...expiry }).expect(200);
    expect(body.data).toMatchObject({ state: 'ACTIVE', expiry_time: shown });
    await use(secret).expect(200);
  });

  test.each([{ expiry_time: later }, { clear_expiry_time: true }])(
    'a key past its expiry stays suspended with %j alone, until it is set active',
    async (expiry) => {
      const secret = await createExpired();
      const { body } = await update(expiry).expect(200);
      expect(body.data.state).toBe('SUSPENDED');
      expectRefused(await use(secret));
      await update({ state: 'ACTIVE' }).expect(200);
      await use(secret).expect(200);
    },
  );

  test.each([
    ['nothing', {}],
    ['nulls', { state: null, expiry_time: null, clear_expiry_time: null }],
    ['only unknown fields', { name: 'renamed', role: 'admin', user: 'admin@me.com', created_by: 'x' }],
  ])('%s changes nothing: name and role cannot change', async (_, body) => {
    await create({ role: 'read-only' });
    const answer = await update(body).expect(200);
    expect(answer.body.data).toMatchObject({ name: 'k', role: 'read-only', state: 'ACTIVE' });
  });

  test('a missing body counts as an empty one, with and without a content type', async () => {
    await create();
    const path = keysOf('self', 'k');
    await lk.request.post(path).set('Authorization', admin).set('Content-Type', 'application/json').expect(200);
    await lk.request.post(path).set('Authorization', admin).expect(200);
    await lk.request.post(path).set('Authorization', admin).set('Content-Type', 'application/json').send(' \n').expect(200);
  });

  test('the key in use may suspend itself: its next request is refused', async () => {
    await lk.request.post(keysOf('self', 'member')).set('Authorization', member).send({ state: 'SUSPENDED' }).expect(200);
    const answer = await lk.request.get(ownKeys).set('Authorization', member);
    expectRefused(answer);
  });

  test("an administrator's key updates another user's key", async () => {
    const path = keysOf('MEMBER@me.com', 'member');
    const { body } = await lk.request.post(path).set('Authorization', admin).send({ state: 'SUSPENDED' }).expect(200);
    expect(body.data).toMatchObject({ name: 'member', created_by: 'member@me.com', state: 'SUSPENDED' });
  });
});

describe('POST …/apikeys/{name} 400', () => {
  test.each([
    ['an unknown state', { state: 'EXPIRED' }, 'state must be one of ACTIVE, SUSPENDED'],
    ['a state in lower case', { state: 'suspended' }, 'state must be one of ACTIVE, SUSPENDED'],
    [
      'a clear_expiry_time that is not a boolean',
      { clear_expiry_time: 'true' },
      'clear_expiry_time must be true or false or null',
    ],
    ['an expiry in the past', { expiry_time: '2029-12-31T23:59:59Z' }, 'expiry_time must be in the future'],
    ['an expiry without a zone', { expiry_time: '2031-01-01' }, 'expiry_time must be an ISO-8601 date and time with its zone'],
    [
      'an expiry that is set and cleared',
      { expiry_time: later, clear_expiry_time: true },
      'expiry_time and clear_expiry_time exclude each other',
    ],
  ])('%s is refused, and the key stays as it was', async (_, body, message) => {
    const secret = await create();
    expectError(await update({ state: 'SUSPENDED', ...body }), 400, 'INVALIDINPUT', message);
    await use(secret).expect(200);
  });

  test('a key past its expiry cannot become active unless its expiry is changed or cleared', async () => {
    const secret = await createExpired();
    const message = 'The API key has expired: set a future expiry_time or clear_expiry_time to make it ACTIVE';
    expectError(await update({ state: 'ACTIVE' }), 400, 'INVALIDINPUT', message);
    await update({ state: 'SUSPENDED' }).expect(200);
    expectError(await update({ state: 'ACTIVE' }), 400, 'INVALIDINPUT', message);
    expectRefused(await use(secret));
  });
});

describe('POST …/apikeys/{name} 403 and 404', () => {
  test('below the premium edition an expiry can be cleared but not set', async () => {
    await create({ expiry_time: soon });
    const resources = lk.world.resources('rockset');
    await resources.change(organizations, 'acme', (organization) => ({ ...organization, edition: 'STANDARD' }));
    expectError(await update({ expiry_time: later }), 403, 'FORBIDDEN', 'Expiry of API keys requires the premium edition');
    await update({ clear_expiry_time: true }).expect(200);
  });

  test("only an administrator may update another user's key, and unknown keys and users are not found", async () => {
    const path = keysOf('admin@me.com', 'admin');
    const answer = await lk.request.post(path).set('Authorization', member).send({ state: 'SUSPENDED' });
    expectError(answer, 403, 'FORBIDDEN', 'Not authorized to perform this action');
    const unknown = await update({ state: 'SUSPENDED' }, 'nothing');
    expectError(unknown, 404, 'NOTFOUND', 'API key "nothing" not found', 'API_KEY_NOT_FOUND');
    const nobody = await lk.request.post(keysOf('nobody@me.com', 'k')).set('Authorization', admin).send({});
    expectError(nobody, 404, 'NOTFOUND', 'User "nobody@me.com" not found');
  });
});
