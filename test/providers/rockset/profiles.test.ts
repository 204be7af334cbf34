import type { Response } from 'supertest';
import { describe, expect, test } from 'vitest';
import provider from '../../../src/providers/rockset/index.ts';
import { emulatorForTests } from '../emulator.ts';
import { errorAnswers } from './error-answers.ts';
import { admin, apiKey, forbidden, keysOf, ownKeys, reader, secrets } from './rockset.ts';

test('the profiles are the eras B, C and A, and B is the default', () => {
  expect(provider.profiles).toEqual(['2022', '2023', '2021']);
});

describe('2023: never more than six characters', () => {
  const lk = emulatorForTests({ profiles: { rockset: '2023' } });
  const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by).expect(200);

  test('only the answer to its creation has the full key, and every answer names the key that created it', async () => {
    const created = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k', role: 'member' }).expect(200);
    const { key } = created.body.data;
    const view = (shown: string, lastAccess: string, state: string) =>
      `{"created_at":"2030-01-01T00:00:00Z","name":"k","key":"${shown}","last_access_time":${lastAccess},` +
      '"expiry_time":null,"role":"member","created_by":"admin@me.com","created_by_apikey_name":"admin",' +
      `"state":"${state}"}`;
    const masked = view(key.slice(0, 6), '"2030-01-01T00:00:00Z"', 'ACTIVE');
    expect(created.text).toBe(`{"data":${view(key, 'null', 'ACTIVE')}}`);
    expect((await get(keysOf('self', 'k'))).text).toBe(`{"data":${masked}}`);
    expect((await get(`${keysOf('self', 'k')}?reveal=true`)).text).toBe(`{"data":${masked}}`);
    expect((await get(ownKeys)).text).toContain(masked);
    const suspended = view(key.slice(0, 6), '"2030-01-01T00:00:00Z"', 'SUSPENDED');
    const update = await lk.request.post(keysOf('self', 'k')).set('Authorization', admin).send({ state: 'SUSPENDED' });
    expect(update.text).toBe(`{"data":${suspended}}`);
    const deletion = await lk.request.delete(keysOf('self', 'k')).set('Authorization', admin);
    expect(deletion.text).toBe(`{"data":${suspended}}`);
  });

  test('a seeded key was not created by a key', async () => {
    const { body } = await get(keysOf('self', 'admin'));
    expect(body.data).toMatchObject({ key: 'admin0', created_by_apikey_name: null });
  });

  test('no secret is kept', async () => {
    await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k' }).expect(200);
    const keys = await lk.world.keys('rockset').findRevealed({});
    expect(keys.map(({ secret }) => secret)).toEqual([null, null, null, null]);
  });

  // Rockset 13.3 to 13.6.
  test('an organization has nineteen fields and its clusters fifteen; a membership has it in full, or else only its id', async () => {
    const { body } = await get('/v1/orgs/self');
    expect(Object.keys(body.data)).toEqual([
      ...['id', 'created_at', 'display_name', 'company_name', 'external_id', 'rockset_user', 'always_gen2_vis'],
      ...['always_intel_ice_lake_vis', 'general_purpose_instance_class_allowed', 'use_zstd_compression_default', 'state'],
      ...['edition', 'mfa_restricted', 'currency_code', 'deletion_scheduled_at', 'clusters', 'aws_marketplace_customer_id'],
      ...['sso_connection', 'sso_only'],
    ]);
    expect(body.data).toMatchObject({ general_purpose_instance_class_allowed: false, use_zstd_compression_default: false });
    expect(JSON.stringify(body.data.clusters)).toBe(
      '[{"public_endpoint_disabled":false,"private_link_enabled":false,"private_link_url":"privatelink.usw2a1.rockset.com",' +
        '"id":"00000000-0000-4000-8000-000000000001","cluster_type":"PUBLIC","aws_region":"us-west-2","domain":"rockset",' +
        '"top_level_domain":"com","apiserver_url":"api.usw2a1.rockset.com","gen2_vis_available":null,' +
        '"intel_ice_lake_vis_available":true,"gen2_vis_enabled":null,"intel_ice_lake_vis_enabled":false,' +
        '"use_cluster_db_for_qls":true,"encryption_key":null}]',
    );
    const embedded = JSON.stringify({ ...body.data, rockset_user: null, currency_code: null });
    const user = await get('/v1/orgs/self/users/self');
    expect(JSON.stringify(user.body.org_memberships[0].organization)).toBe(embedded);
    expect(JSON.stringify(user.body.orgs)).toBe(`[${embedded}]`);
    const { body: listed } = await get('/v1/orgs/self/users');
    const { organization } = listed.data[0].org_memberships[0];
    expect(Object.keys(organization)).toEqual(Object.keys(body.data));
    expect(Object.entries(organization).filter(([, value]) => value !== null)).toEqual([
      ['id', 'acme'],
      ['general_purpose_instance_class_allowed', false],
      ['use_zstd_compression_default', false],
      ['clusters', []],
    ]);
  });

  test('so does the answer to an invitation', async () => {
    const invitation = { email: 'new@me.com', roles: ['member'] };
    const { body } = await lk.request.post('/v1/orgs/self/users').set('Authorization', admin).send(invitation).expect(200);
    const { body: own } = await get('/v1/orgs/self');
    expect(JSON.stringify(body.data.org_memberships[0].organization)).toBe(
      JSON.stringify({ ...own.data, rockset_user: null, currency_code: null }),
    );
  });
});

// Rockset 13.2.
describe('2021: an error has six fields, and its type is in CamelCase', () => {
  const lk = emulatorForTests({ profiles: { rockset: '2021' } });
  const six = (message: string, type: string) =>
    `{"message":${JSON.stringify(message)},"type":"${type}","line":null,"column":null,"trace_id":"v4","error_id":null}`;
  const textOf = ({ text }: Response) => text.replace(/(?<="trace_id":")[0-9a-f-]{36}/, 'v4');

  test('a refused key, an unknown key, a bad body, a duplicate, a missing permission, an unknown path, an operation that is not emulated', async () => {
    const post = (path: string, body: object, by = admin) => lk.request.post(path).set('Authorization', by).send(body);
    const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);
    expect(textOf(await get(ownKeys, 'ApiKey x').expect(401))).toBe(six('Authentication Failure', 'AuthException'));
    expect(textOf(await get(keysOf('self', 'x')).expect(404))).toBe(six('API key "x" not found', 'NotFound'));
    expect(textOf(await post(ownKeys, { name: ' ' }).expect(400))).toBe(six('name must not be blank', 'InvalidInput'));
    expect(textOf(await post(ownKeys, { name: 'admin' }).expect(400))).toBe(
      six('API key "admin" already exists', 'AlreadyExists'),
    );
    expect(textOf(await post('/v1/orgs/self/users', {}, reader).expect(403))).toBe(six(forbidden, 'Forbidden'));
    expect(textOf(await get('/v1/orgs/nowhere').expect(404))).toBe(six('There is nothing at this path', 'NotFound'));
    expect(textOf(await get('/v1/orgs/self/ws').expect(501))).toBe(six('listWorkspaces is not emulated', 'NotImplementedYet'));
  });

  test.each([...errorAnswers])('so is the %i of a fault', async (status, { text }) => {
    const fault = { match: { provider: 'rockset' }, effect: { status } };
    await lk.request.post('/_latchkey/faults').send(fault).expect(200);
    const { message, type } = JSON.parse(text(ownKeys, ''));
    const body: unknown = JSON.parse(textOf(await lk.request.get(ownKeys).set('Authorization', admin).expect(status)));
    const spelt = expect.stringMatching(/^([A-Z][a-z]+)+$/);
    expect(body).toEqual({ message, type: spelt, line: null, column: null, trace_id: 'v4', error_id: null });
    expect(Object(body).type.toUpperCase()).toBe(type.replaceAll('_', ''));
  });

  test('an answer without a body stays one', async () => {
    const { text } = await lk.request.options(ownKeys).expect(200);
    expect(text).toBe('');
  });
});

describe('2021: every key in full, and only five fields', () => {
  const lk = emulatorForTests({ profiles: { rockset: '2021' } });
  const shown = (name: string, key: string) =>
    `{"created_at":"2030-01-01T00:00:00Z","name":"${name}","key":"${key}","last_access_time":null,"created_by":null}`;

  test('the list shows full keys, and each of them works', async () => {
    const created = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k' }).expect(200);
    const { key } = created.body.data;
    expect(created.text).toBe(`{"data":${shown('k', key)}}`);
    const list = await lk.request.get(ownKeys).set('Authorization', admin).expect(200);
    expect(list.text).toBe(`{"data":[${shown('admin', secrets.admin)},${shown('k', key)}]}`);
    await lk.request.get(ownKeys).set('Authorization', apiKey(list.body.data[1].key)).expect(200);
  });

  test('so do the other answers, and a suspended key is still refused', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k' }).expect(200);
    const expected = `{"data":${shown('k', body.data.key)}}`;
    const path = keysOf('self', 'k');
    expect((await lk.request.get(path).set('Authorization', admin).expect(200)).text).toBe(expected);
    const update = await lk.request.post(path).set('Authorization', admin).send({ state: 'SUSPENDED' }).expect(200);
    expect(update.text).toBe(expected);
    await lk.request.get(ownKeys).set('Authorization', apiKey(body.data.key)).expect(401);
    expect((await lk.request.delete(path).set('Authorization', admin).expect(200)).text).toBe(expected);
  });

  test('a key whose secret was not kept is masked', async () => {
    const secret = `Lost${'0'.repeat(60)}`;
    const draft = { tenant: 'acme', owner: 'admin@me.com', name: 'lost', secret, hint: secret.slice(0, 6) };
    await lk.world.keys('rockset').issue(draft, lk.world.clock.now());
    const list = await lk.request.get(ownKeys).set('Authorization', admin).expect(200);
    expect(list.body.data[1].key).toBe(`Lost${'*'.repeat(60)}`);
  });
});
