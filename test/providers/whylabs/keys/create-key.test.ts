import { describe, expect, test } from 'vitest';
import { hashSecret } from '../../../../src/core/secret.ts';
import { emulatorForTests } from '../../../support/emulator.ts';
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
  test('a key with every option is answered with these fields, in wire order', async () => {
    const answer = await post('?user_id=user-1&expiration_time=1893542400000&scopes=:user&alias=MLApplicationName').expect(200);
    const { key, keyId } = answer.body;
    expect(answer.text).toBe(
      `{"key":"${key}","keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"expirationTime":"2030-01-02T00:00:00","scopes":[":user"],"alias":"MLApplicationName","revoked":false}',
    );
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('a key with a user alone has no scopes, no expiry and an empty alias', async () => {
    const answer = await post('?user_id=user-1').expect(200);
    const { key, keyId } = answer.body;
    expect(answer.text).toBe(
      `{"key":"${key}","keyId":"${keyId}","orgId":"org-123","userId":"user-1","creationTime":"2030-01-01T00:00:00",` +
        '"alias":"","revoked":false}',
    );
  });

  test('the key is 64 characters, its id the first ten of them, and ends in its organisation', async () => {
    const { key, keyId } = await create(lk);
    expect(key).toMatch(/^[A-Za-z0-9]{10}\.[A-Za-z0-9]{53}:org-123$/);
    expect(key.slice(0, 10)).toBe(keyId);
  });

  test('nothing is kept of the key but the SHA-256 of its 64 characters', async () => {
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
  ])('a key of %i ms past the hour says so with no more digits than it needs, and the list says the same', async (ms, time) => {
    lk.world.clock.advance(ms);
    const { creationTime } = await create(lk);
    expect(creationTime).toBe(time);
    const { body } = await lk.request.get(`${keysPath}?user_id=user-1`).set('X-API-Key', system).expect(200);
    expect(body.items[0].creationTime).toBe(time);
  });

  test('nobody looks the user up, and an alias may be anything, as often as one likes', async () => {
    for (const text of ['x', 'a b/c?d=e&f', '"\\', 'ключ 🔑', '__proto__', 'x'.repeat(2000), 'x']) {
      const { userId, alias } = await create(lk, { user_id: text, alias: text });
      expect({ userId, alias }).toEqual({ userId: text, alias: text });
    }
  });

  test('a body is not read, whatever it is', async () => {
    for (const body of ['{"alias":"no"}', '{', 'null']) {
      const answer = await post('?user_id=user-1').set('Content-Type', 'application/json').send(body).expect(200);
      expect(answer.body.alias).toBe('');
    }
  });

  test('arguments bind as Micronaut binds them: by hyphenated names too, after `;`, and several made one', async () => {
    const { body } = await post('?user-id=user-1;alias=a+b&alias=c').expect(200);
    expect(body).toMatchObject({ userId: 'user-1', alias: 'a b,c' });
  });

  test('a bad escape stays as it was sent', async () => {
    expect((await post('?user_id=user-1&alias=50%&scopes=:user').expect(200)).body.alias).toBe('50%');
  });

  test('a trailing slash changes nothing', async () => {
    await post('?user_id=user-1', `${keysPath}/`).expect(200);
  });
});

describe('POST …/api-key 400', () => {
  test('without a user, whatever else is wrong, the framework says what is missing', async () => {
    const href = `${keysOf('nowhere')}?expiration_time=abc&scopes=:foo`;
    expectUnbound(await post(href, ''), href, 'user_id', 'Required QueryValue [user_id] not specified');
  });

  test('the link of an error is what the client asked for below the provider, slash and all', async () => {
    const message = 'Required QueryValue [user_id] not specified';
    expectUnbound(await post('/?a=%20/', `/whylabs${keysPath}`), `${keysPath}/?a=%20/`, 'user_id', message);
  });

  test.each([
    ['', 'org-123'],
    ['%20%09', 'org-123'],
  ])('a user of %j is blank, which the store cannot hold', async (sent, orgId) => {
    const message = `Missing values: ${orgId},${decodeURIComponent(sent)}`;
    expectHandled(await post(`?user_id=${sent}`), 400, 'IllegalArgument', message);
  });

  test('a user with a `#`, which the real store cannot read back, is refused', async () => {
    const message = 'Text ORG#org-123#USER#a#b did not match pattern ORG#([^#]+)#USER#([^#]+)';
    expectHandled(await post('?user_id=a%23b'), 400, 'IllegalArgument', message);
    const { body } = await lk.request.get(`${keysPath}?user_id=a%23b`).set('X-API-Key', system).expect(200);
    expect(body).toEqual({ items: [] });
  });

  test('scopes are looked at before the user is', async () => {
    expectHandled(await post('?user_id=&scopes=:foo'), 400, 'IllegalArgument', 'Invalid scope provided: :foo');
  });
});

describe('POST …/api-key 404', () => {
  test('an organisation that is unknown or deleted is not found, before scopes are looked at', async () => {
    await addOrganization(lk, 'org-gone', { deleted: true });
    for (const orgId of ['org-x', 'org-gone']) {
      const answer = await post('?user_id=user-1&scopes=:foo', keysOf(orgId));
      expectHandled(answer, 404, 'ResourceNotFound', `Resource Organization with ID ${orgId} not found.`);
    }
  });

  test('the expiry is looked at before the organisation is', async () => {
    const answer = await post('?user_id=user-1&expiration_time=1', keysOf('org-x'));
    expectHandled(answer, 400, 'IllegalArgument', 'Invalid expiration time');
  });

  test('nothing is stored by a creation that is refused', async () => {
    const before = await lk.world.keys('whylabs').find({});
    for (const query of ['', '?user_id=', '?user_id=u&scopes=:foo', '?user_id=u&expiration_time=1'])
      await post(query).expect(400);
    expect((await lk.world.keys('whylabs').find({})).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

test('a user may give a key of their own any known scope: the real server has no rule against it', async () => {
  const answer = await lk.request.post(`${keysPath}?user_id=user-123&scopes=:administrator`).set('X-API-Key', user).expect(200);
  expect(answer.body.scopes).toEqual([':administrator']);
});
