import { describe, expect, test } from 'vitest';
import { hashSecret } from '../../../../src/core/secret.ts';
import { emulatorForTests } from '../../emulator.ts';
import {
  addOrganization,
  create,
  expectHandled,
  expectUnbound,
  keysOf,
  keysPath,
  system,
  user,
  validatePath,
} from '../whylabs.ts';

const lk = emulatorForTests();
const post = (query: string, path = keysPath) => lk.request.post(`${path}${query}`).set('X-API-Key', system);

describe('POST …/api-key 200', () => {
  test('a key with every option has these fields, in wire order', async () => {
    const answer = await post('?user_id=user-1&expiration_time=1893542400000&scopes=:user&alias=MLApplicationName').expect(200);
    const { key, keyId } = answer.body;
    expect(answer.text).toBe(
      `{"key":"${key}","keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"expirationTime":"2030-01-02T00:00:00","scopes":[":user"],"alias":"MLApplicationName","revoked":false}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('a key with only a user has no scopes, no expiry and an empty alias', async () => {
    const answer = await post('?user_id=user-1').expect(200);
    const { key, keyId } = answer.body;
    expect(answer.text).toBe(
      `{"key":"${key}","keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"alias":"","revoked":false}',
    );
  });

  test('the key has 64 characters, of which the first ten are its id, and then its organisation', async () => {
    const { key, keyId } = await create(lk);
    expect(key).toMatch(/^[A-Za-z0-9]{10}\.[A-Za-z0-9]{53}:org-123$/);
    expect(key.slice(0, 10)).toBe(keyId);
  });

  test('only the SHA-256 of the 64 characters is stored', async () => {
    const { key, keyId } = await create(lk);
    const [stored] = await lk.world.keys('whylabs').findRevealed({ hint: keyId });
    expect(stored).toMatchObject({ hash: hashSecret(key.slice(0, 64)), secret: null });
    expect(JSON.stringify(stored)).not.toContain(key.slice(11, 64));
  });

  test('the key works at once', async () => {
    const { key } = await create(lk);
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
  });

  test.each([
    [0, '2030-01-01T00:00:00'],
    [1, '2030-01-01T00:00:00.001'],
    [10, '2030-01-01T00:00:00.01'],
    [100, '2030-01-01T00:00:00.1'],
    [120, '2030-01-01T00:00:00.12'],
    [10_000, '2030-01-01T00:00:10'],
  ])('a key made %i ms after the hour shows a fraction as short as possible, and so does the list', async (ms, time) => {
    lk.world.clock.advance(ms);
    const { creationTime } = await create(lk);
    expect(creationTime).toBe(time);
    const { body } = await lk.request.get(`${keysPath}?user_id=user-1`).set('X-API-Key', system).expect(200);
    expect(body.items[0].creationTime).toBe(time);
  });

  test('the user need not exist, and an alias may be anything and need not be unique', async () => {
    for (const text of ['x', 'a b/c?d=e&f', '"\\', 'ключ 🔑', '__proto__', 'x'.repeat(2000), 'x']) {
      const { userId, alias } = await create(lk, { user_id: text, alias: text });
      expect({ userId, alias }).toEqual({ userId: text, alias: text });
    }
  });

  test('a body is never read', async () => {
    for (const body of ['{"alias":"no"}', '{', 'null']) {
      const answer = await post('?user_id=user-1').set('Content-Type', 'application/json').send(body).expect(200);
      expect(answer.body.alias).toBe('');
    }
  });

  test('arguments bind as in Micronaut: by hyphenated names, after `;`, and several values joined', async () => {
    const { body } = await post('?user-id=user-1;alias=a+b&alias=c').expect(200);
    expect(body).toMatchObject({ userId: 'user-1', alias: 'a b,c' });
  });

  test('an invalid escape stays as it was sent', async () => {
    expect((await post('?user_id=user-1&alias=50%&scopes=:user').expect(200)).body.alias).toBe('50%');
  });

  test('a trailing slash changes nothing', async () => {
    await post('?user_id=user-1', `${keysPath}/`).expect(200);
  });
});

describe('POST …/api-key 400', () => {
  test('without a user the framework names the missing parameter, whatever else is wrong', async () => {
    const href = `${keysOf('nowhere')}?expiration_time=abc&scopes=:foo`;
    expectUnbound(await post(href, ''), href, 'user_id', 'Required QueryValue [user_id] not specified');
  });

  test('the link of an error is the request as it was sent, without the prefix of the provider and with its trailing slash', async () => {
    const message = 'Required QueryValue [user_id] not specified';
    expectUnbound(await post('/?a=%20/', `/whylabs${keysPath}`), `${keysPath}/?a=%20/`, 'user_id', message);
  });

  test.each([
    ['', 'org-123'],
    ['%20%09', 'org-123'],
  ])('a user of %j is blank, and is refused', async (sent, orgId) => {
    const message = `Missing values: ${orgId},${decodeURIComponent(sent)}`;
    expectHandled(await post(`?user_id=${sent}`), 400, 'IllegalArgument', message);
  });

  test('a user with a `#`, which the real store cannot read, is refused', async () => {
    const message = 'Text ORG#org-123#USER#a#b did not match pattern ORG#([^#]+)#USER#([^#]+)';
    expectHandled(await post('?user_id=a%23b'), 400, 'IllegalArgument', message);
    const { body } = await lk.request.get(`${keysPath}?user_id=a%23b`).set('X-API-Key', system).expect(200);
    expect(body).toEqual({ items: [] });
  });

  test('scopes are checked before the user', async () => {
    expectHandled(await post('?user_id=&scopes=:foo'), 400, 'IllegalArgument', 'Invalid scope provided: :foo');
  });
});

describe('POST …/api-key 404', () => {
  test('an unknown or deleted organisation is not found, before the scopes are checked', async () => {
    await addOrganization(lk, 'org-gone', { deleted: true });
    for (const orgId of ['org-x', 'org-gone']) {
      const answer = await post('?user_id=user-1&scopes=:foo', keysOf(orgId));
      expectHandled(answer, 404, 'ResourceNotFound', `Resource Organization with ID ${orgId} not found.`);
    }
  });

  test('the expiry is checked before the organisation', async () => {
    const answer = await post('?user_id=user-1&expiration_time=1', keysOf('org-x'));
    expectHandled(answer, 400, 'IllegalArgument', 'Invalid expiration time');
  });

  test('a refused creation stores nothing', async () => {
    const before = await lk.world.keys('whylabs').find({});
    for (const query of ['', '?user_id=', '?user_id=u&scopes=:foo', '?user_id=u&expiration_time=1'])
      await post(query).expect(400);
    expect((await lk.world.keys('whylabs').find({})).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

test('a user may give a key of their own any known scope, because the real server has no rule against it', async () => {
  const answer = await lk.request.post(`${keysPath}?user_id=user-123&scopes=:administrator`).set('X-API-Key', user).expect(200);
  expect(answer.body.scopes).toEqual([':administrator']);
});
