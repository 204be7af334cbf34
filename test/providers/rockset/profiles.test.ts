import { describe, expect, test } from 'vitest';
import provider from '../../../src/providers/rockset/index.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, apiKey, keysOf, ownKeys, secrets } from './rockset.ts';

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

  test('an organization has nineteen fields, and in a membership only its id', async () => {
    const { body } = await get('/v1/orgs/self');
    expect(Object.keys(body.data)).toEqual([
      ...['id', 'created_at', 'display_name', 'company_name', 'external_id', 'rockset_user', 'always_gen2_vis'],
      ...['always_intel_ice_lake_vis', 'general_purpose_instance_class_allowed', 'use_zstd_compression_default', 'state'],
      ...['edition', 'mfa_restricted', 'currency_code', 'deletion_scheduled_at', 'clusters', 'aws_marketplace_customer_id'],
      ...['sso_connection', 'sso_only'],
    ]);
    const user = await get('/v1/orgs/self/users/self');
    const { organization } = user.body.org_memberships[0];
    expect(Object.keys(organization)).toEqual(Object.keys(body.data));
    expect(Object.entries(organization).filter(([, value]) => value !== null)).toEqual([
      ['id', 'acme'],
      ['clusters', []],
    ]);
    expect(user.body.orgs).toEqual([{ ...body.data, rockset_user: null, currency_code: null }]);
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
