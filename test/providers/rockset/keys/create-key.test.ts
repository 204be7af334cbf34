import { describe, expect, test } from 'vitest';
import { organizations } from '../../../../src/providers/rockset/accounts/organizations/organizations.ts';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, expectRefused, keysOf, member, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const create = (body: object, by = admin) => lk.request.post(ownKeys).set('Authorization', by).send(body);

describe('POST …/users/self/apikeys 200', () => {
  test('the answer has the eight fields of May 2023 in wire order, the full key and no last access', async () => {
    const answer = await create({ name: 'my-app', role: 'read-only' }).expect(200);
    const { key } = answer.body.data;
    expect(key).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(answer.text).toBe(
      `{"data":{"created_at":"2030-01-01T00:00:00Z","name":"my-app","key":"${key}","last_access_time":null,` +
        '"expiry_time":null,"role":"read-only","created_by":"admin@me.com","state":"ACTIVE"}}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('a key without a role has null, and works at once', async () => {
    const { body } = await create({ name: 'my-app' }).expect(200);
    expect(body.data.role).toBeNull();
    await lk.request.get(ownKeys).set('Authorization', apiKey(body.data.key)).expect(200);
  });

  test('a key may expire, and its expiry is shown in whole seconds of UTC', async () => {
    const { body } = await create({ name: 'my-app', expiry_time: '2030-01-01T03:00:00.900+02:00' }).expect(200);
    expect(body.data.expiry_time).toBe('2030-01-01T01:00:00Z');
    lk.world.clock.set(lk.world.clock.now() + 3_600_000);
    await lk.request.get(ownKeys).set('Authorization', apiKey(body.data.key)).expect(200);
    lk.world.clock.advance(1);
    const refusal = await lk.request.get(ownKeys).set('Authorization', apiKey(body.data.key));
    expectRefused(refusal);
  });

  test('a name may be any text that is not blank, up to 256 characters', async () => {
    for (const name of ['a b/c%d', 'pme+x@me.com', '../..', 'ключ', '🔑', 'x'.repeat(256), ' padded ', 'self', '__proto__']) {
      const { body } = await create({ name }).expect(200);
      expect(body.data.name).toBe(name);
      const answer = await lk.request
        .get(keysOf('self', encodeURIComponent(name)))
        .set('Authorization', admin)
        .expect(200);
      expect(answer.body.data.name).toBe(name);
    }
  });

  test('created_by, unknown fields and nulls are ignored: the creator is the owner', async () => {
    const body = { name: 'my-app', created_by: 'boss@me.com', role: null, expiry_time: null, user: 'x', state: 'SUSPENDED' };
    const answer = await create(body).expect(200);
    expect(answer.body.data).toMatchObject({ created_by: 'admin@me.com', role: null, expiry_time: null, state: 'ACTIVE' });
  });

  test('two users may use the same name, and the name of a deleted key is free', async () => {
    await create({ name: 'shared' }).expect(200);
    await create({ name: 'shared' }, member).expect(200);
    await create({ name: 'Shared' }).expect(200);
    await lk.request.delete(keysOf('self', 'shared')).set('Authorization', admin).expect(200);
    await create({ name: 'shared' }).expect(200);
  });

  test('200 concurrent creations of different names give 200 keys', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `key-${String(index).padStart(3, '0')}`);
    const answers = await Promise.all(names.map((name) => create({ name })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.data.key)).size).toBe(200);
    const { body } = await lk.request.get(ownKeys).set('Authorization', admin).expect(200);
    expect(body.data.map((key: { name: string }) => key.name)).toEqual(['admin', ...names]);
  });

  test('a body without a content type is read as JSON', async () => {
    const answer = await fetch(`${lk.url}${ownKeys}`, {
      method: 'POST',
      headers: { authorization: admin },
      body: new TextEncoder().encode('{"name":"typeless"}\n'),
    });
    expect(answer.status).toBe(200);
  });
});

describe('POST …/users/self/apikeys 400', () => {
  test.each([
    ['no name', {}, 'name is required'],
    ['a null name', { name: null }, 'name must be a string'],
    ['a number for a name', { name: 7 }, 'name must be a string'],
    ['a blank name', { name: ' \t' }, 'name must not be blank'],
    ['a long name', { name: 'x'.repeat(257) }, 'name must have at most 256 characters'],
    ['a role that is not a string', { name: 'x', role: ['admin'] }, 'role must be a string or null'],
    ['a number for an expiry', { name: 'x', expiry_time: 1893456000 }, 'expiry_time must be a string or null'],
    [
      'an expiry that is not a date',
      { name: 'x', expiry_time: 'soon' },
      'expiry_time must be an ISO-8601 date and time with its zone',
    ],
    ['an expiry now', { name: 'x', expiry_time: '2030-01-01T00:00:00Z' }, 'expiry_time must be in the future'],
    [
      'an expiry in the year 10000',
      { name: 'x', expiry_time: '9999-12-31T23:59:59-23:59' },
      'expiry_time must be in a year up to 9999',
    ],
    ['a list', [], 'The request body must be an object'],
  ])('%s is refused, and nothing is stored', async (_, body, message) => {
    expectError(await create(body), 400, 'INVALIDINPUT', message);
    const { body: list } = await lk.request.get(ownKeys).set('Authorization', admin).expect(200);
    expect(list.data).toHaveLength(1);
  });

  test('a name that another key of the owner has is refused, whether that key is active or suspended', async () => {
    await create({ name: 'my-app' }).expect(200);
    expectError(await create({ name: 'my-app' }), 400, 'ALREADYEXISTS', 'API key "my-app" already exists');
    await lk.request.post(keysOf('self', 'my-app')).set('Authorization', admin).send({ state: 'SUSPENDED' }).expect(200);
    expectError(await create({ name: 'my-app' }), 400, 'ALREADYEXISTS', 'API key "my-app" already exists');
  });

  test('`rockset auth key NAME` of the Go CLI always sends the name `name`, so its second use is refused', async () => {
    await create({ name: 'name', role: 'member' }).expect(200);
    const answer = await create({ name: 'name', role: 'member' });
    expectError(answer, 400, 'ALREADYEXISTS', 'API key "name" already exists');
  });

  test('exactly one of 200 concurrent creations of one name succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => create({ name: 'contended' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.type === 'ALREADYEXISTS')).toHaveLength(199);
  });
});

describe('POST …/users/self/apikeys 403 and 404', () => {
  test('an unknown role is refused in the recorded words', async () => {
    const answer = await create({ name: 'x', role: 'no-such-role' });
    expectError(answer, 404, 'NOTFOUND', 'Role "no-such-role" not found', 'ROLE_NOT_FOUND_NAME');
    const inherited = await create({ name: 'x', role: 'constructor' });
    expectError(inherited, 404, 'NOTFOUND', 'Role "constructor" not found', 'ROLE_NOT_FOUND_NAME');
  });

  test('below the premium edition a key cannot expire', async () => {
    const resources = lk.world.resources('rockset');
    await resources.change(organizations, 'acme', (organization) => ({ ...organization, edition: 'STANDARD' }));
    const answer = await create({ name: 'x', expiry_time: '2031-01-01T00:00:00Z' });
    expectError(answer, 403, 'FORBIDDEN', 'Expiry of API keys requires the premium edition');
    await create({ name: 'x' }).expect(200);
    await resources.change(organizations, 'acme', (organization) => ({ ...organization, edition: 'MISSION_CRITICAL' }));
    await create({ name: 'y', expiry_time: '2031-01-01T00:00:00Z' }).expect(200);
  });
});
