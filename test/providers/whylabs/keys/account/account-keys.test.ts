import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import {
  addKey,
  addOrganization,
  admin,
  expectHandled,
  expectSilent,
  expectUnbound,
  keysOf,
  minuteMs,
  system,
  user,
  validatePath,
} from '../../whylabs.ts';

const lk = emulatorForTests();
const path = '/v1/api-key';
const unpaid = 'Cannot create API keys for this organization. Please contact us to enable this feature.';

/** The key of an administrator of an organisation on a paid tier, and the ids of that organisation and its model. */
const paid = { key: '', keyId: '', modelId: '', orgId: '' };

beforeEach(async () => {
  const request = { email: 'paying@example.com', orgName: 'Paying', modelName: 'm', subscriptionTier: 'PAID' };
  const { body } = await lk.request.post('/v0/provision/new-user').set('X-API-Key', system).send(request).expect(200);
  const key = await addKey(lk, body.orgId, body.userId, [':account_administrator']);
  Object.assign(paid, { key, keyId: key.slice(0, 10), modelId: body.modelId, orgId: body.orgId });
});

type Headers = Readonly<Record<string, string>>;
const generate = (query = '', key = paid.key, headers: Headers = {}) =>
  lk.request.post(`${path}${query}`).set({ 'X-API-Key': key, ...headers });
const remove = (query: string, key = paid.key) => lk.request.delete(`${path}${query}`).set('X-API-Key', key);
const list = (key = paid.key, headers: Headers = {}) => lk.request.get(path).set({ 'X-API-Key': key, ...headers });
const named = (orgId: string) => ({ 'X-WHYLABS-ORGANIZATION': orgId });

describe('POST /v1/api-key', () => {
  test('makes a key whose user is the key that made it, with every option in wire order', async () => {
    const query = `?scopes=:user&alias=x&resource_id=${paid.modelId}&expiration_time=1893542400000&user_id=somebody`;
    const answer = await generate(query).expect(200);
    const { key, keyId } = answer.body;
    expect(answer.text).toBe(
      `{"key":"${key}","keyId":"${keyId}","orgId":"${paid.orgId}","userId":"${paid.keyId}",` +
        '"creationTime":"2030-01-01T00:00:00","expirationTime":"2030-01-02T00:00:00","scopes":[":user"],' +
        '"resourceId":"model-1","alias":"x","revoked":false}',
    );
    expect(key).toMatch(new RegExp(`^${keyId}\\.[A-Za-z0-9]{53}:${paid.orgId}$`));
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
  });

  test('has no default scope and no default expiry, as in v0', async () => {
    const { body } = await generate().expect(200);
    expect(body).not.toHaveProperty('scopes');
    expect(body).not.toHaveProperty('expirationTime');
    expect(body).not.toHaveProperty('resourceId');
    expect(body.alias).toBe('');
  });

  test('v0 shows such a key to the system, with its model, in the list of the key that made it', async () => {
    const { keyId } = (await generate(`?resource_id=${paid.modelId}`).expect(200)).body;
    const shown = await lk.request
      .get(`${keysOf(paid.orgId)}?user_id=${paid.keyId}`)
      .set('X-API-Key', system)
      .expect(200);
    expect(shown.text).toBe(
      `{"items":[{"keyId":"${keyId}","orgId":"${paid.orgId}","userId":"${paid.keyId}","creationTime":"2030-01-01T00:00:00",` +
        '"resourceId":"model-1","alias":"","revoked":false}]}',
    );
  });

  test('organisations that are not on a paid tier cannot make keys', async () => {
    await addOrganization(lk, 'org-none', { subscriptionTier: null });
    expectHandled(await generate('?scopes=:foo', admin), 400, 'IllegalArgument', unpaid);
    const without = await addKey(lk, 'org-none', 'u', [':administrator']);
    expectHandled(await generate('', without), 400, 'IllegalArgument', unpaid);
  });

  test.each([':whylabs_administrator', ':whylabs_system', ':foo', ''])('a scope of %j is refused', async (scope) => {
    expectHandled(await generate(`?scopes=${scope}`), 400, 'IllegalArgument', `Invalid scope provided: ${scope}`);
  });

  test('all ten scopes of customers are accepted', async () => {
    const scopes =
      ':user,:administrator,:account_administrator,:authenticated,:secure_container,:write_data,' +
      ':read_notification,:write_notification,:read_resource,:write_resource';
    expect((await generate(`?scopes=${scopes}`).expect(200)).body.scopes).toHaveLength(10);
  });

  test('expiry, model, organisation, tier and scopes are checked in this order', async () => {
    const early = '?expiration_time=1&resource_id=model-9&scopes=:foo';
    expectHandled(await generate(early, admin), 400, 'IllegalArgument', 'Invalid expiration time');
    const missing = 'Resource Model with ID model-9 not found.';
    expectHandled(await generate('?resource_id=model-9&scopes=:foo', admin), 404, 'ResourceNotFound', missing);
    await addOrganization(lk, 'org-123', { deleted: true });
    expectHandled(await generate('?resource_id=model-9', admin), 404, 'ResourceNotFound', missing);
    const gone = 'Resource Organization with ID org-123 not found.';
    expectHandled(await generate('?scopes=:foo', admin), 404, 'ResourceNotFound', gone);
    const href = `${path}?expiration_time=abc`;
    const message = 'Failed to convert argument [expiration_time] for value [abc] due to: For input string: "abc"';
    expectUnbound(await generate('?expiration_time=abc', admin), href, 'expiration_time', message);
  });

  test('a model of another organisation is not found', async () => {
    expectHandled(
      await generate(`?resource_id=${paid.modelId}`, admin),
      404,
      'ResourceNotFound',
      'Resource Model with ID model-1 not found.',
    );
  });

  test('there is no key limit', async () => {
    for (let count = 0; count < 30; count++) await generate().expect(200);
  });

  test('a minute is the shortest life', async () => {
    await generate(`?expiration_time=${epoch + minuteMs - 1}`).expect(400);
    await generate(`?expiration_time=${epoch + minuteMs}`).expect(200);
  });
});

describe('DELETE /v1/api-key', () => {
  test('revokes a key that the calling key made, repeatedly', async () => {
    const { key, keyId } = (await generate(`?resource_id=${paid.modelId}`).expect(200)).body;
    for (let time = 0; time < 2; time++) {
      const answer = await remove(`?key_id=${keyId}`).expect(200);
      expect(answer.text).toBe(
        `{"keyId":"${keyId}","orgId":"${paid.orgId}","userId":"${paid.keyId}","creationTime":"2030-01-01T00:00:00",` +
          '"resourceId":"model-1","alias":"","revoked":true}',
      );
    }
    expectSilent(await lk.request.get(validatePath).set('X-API-Key', key), 403);
  });

  test('a key that another key made is not found, nor is the calling key itself', async () => {
    const { keyId } = (await generate().expect(200)).body;
    const other = await addKey(lk, paid.orgId, 'u', [':administrator']);
    expectHandled(
      await remove(`?key_id=${keyId}`, other),
      404,
      'ResourceNotFound',
      `Resource ApiKey with ID ${keyId} not found.`,
    );
    const itself = `Resource ApiKey with ID ${paid.keyId} not found.`;
    expectHandled(await remove(`?key_id=${paid.keyId}`), 404, 'ResourceNotFound', itself);
    expectUnbound(await remove(''), path, 'key_id', 'Required QueryValue [key_id] not specified');
  });
});

describe('GET /v1/api-key', () => {
  test('shows five fields of every key of the organisation that is not revoked, by whichever key it was made', async () => {
    const { keyId } = (await generate('?scopes=:user&alias=x&expiration_time=1893542400000').expect(200)).body;
    const gone = (await generate().expect(200)).body.keyId;
    await remove(`?key_id=${gone}`).expect(200);
    lk.world.clock.set(1893542400001);
    expect((await list().expect(200)).text).toBe(
      `{"items":[{"keyId":"${paid.keyId}","orgId":"${paid.orgId}","scopes":[":account_administrator"],"alias":""},` +
        `{"keyId":"${keyId}","orgId":"${paid.orgId}","expirationTime":"2030-01-02T00:00:00","scopes":[":user"],"alias":"x"}]}`,
    );
  });
});

describe('the organisation of a request', () => {
  test('a key acts for a named child of its organisation, and for no other organisation', async () => {
    await addOrganization(lk, 'org-child', { parentOrgId: paid.orgId });
    const { keyId } = (await generate('', paid.key, named('org-child')).expect(200)).body;
    expect((await list(paid.key, named('org-child')).expect(200)).text).toBe(
      `{"items":[{"keyId":"${keyId}","orgId":"org-child","alias":""}]}`,
    );
    for (const orgId of ['org-123', 'org-x', '0']) expectSilent(await list(paid.key, named(orgId)), 403);
    for (const orgId of ['', ' ', paid.orgId]) await list(paid.key, named(orgId)).expect(200);
  });

  test('a super administrator must name an organisation, and may name any', async () => {
    const message = 'Required RequestAttribute [RequestOrganizationId] not specified';
    expectUnbound(await list(system), path, 'orgId', message);
    expectUnbound(await generate('?expiration_time=abc', system), `${path}?expiration_time=abc`, 'orgId', message);
    expectUnbound(await remove('', system), path, 'orgId', message);
    const { body } = await generate('', system, named(paid.orgId)).expect(200);
    expect(body).toMatchObject({ orgId: paid.orgId, userId: 'SYSTEM0000' });
    expect((await list(system, named('org-x')).expect(200)).text).toBe('{"items":[]}');
    const answer = await generate('', system, named('org-x'));
    expectHandled(answer, 404, 'ResourceNotFound', 'Resource Organization with ID org-x not found.');
    expectHandled(await list(system, named('')), 400, 'IllegalArgument', 'Missing values: ');
  });

  test('other keys of organisation 0 act for it and need not name it', async () => {
    const key = await addKey(lk, '0', 'u');
    expect((await generate('', key).expect(200)).body.orgId).toBe('0');
  });

  test('only administrators manage keys', async () => {
    for (const scopes of [[':user'], [], [':write_resource', ':read_resource']]) {
      const key = await addKey(lk, paid.orgId, 'u', scopes);
      for (const answer of [await generate('', key), await remove('?key_id=x', key), await list(key)]) expectSilent(answer, 403);
    }
    expectSilent(await list(user), 403);
    await list(admin).expect(200);
  });
});
