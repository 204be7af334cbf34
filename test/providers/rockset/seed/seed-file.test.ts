import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../../../src/providers/index.ts';
import rockset from '../../../../src/providers/rockset/index.ts';
import { loadSeeds } from '../../../../src/server/seed-file.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { admin, apiKey, expectError, expectRefused, keysOf, rolesPath, usersPath } from '../rockset.ts';
import { privilegeText } from '../roles/role-texts.ts';

const seeds = await loadSeeds({
  name: 'rockset.yaml',
  folder: join(import.meta.dirname, '../../../../examples/seeds'),
  modules: await loadProviders(),
  providers: rockset.profiles.map((profile) => rockset.emulate(profile)),
  now: epoch,
});
const lk = emulatorForTests({ seeds });
const minuteMs = 60_000;

const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);
const secretOf = async (name: string, description: string) => {
  const credentials = (await lk.world.credentials()).get('rockset') ?? [];
  const found = credentials.find((one) => one.name === name && one.description.endsWith(description));
  return found?.secret ?? `no ${name}`;
};
const use = async (name: string, description = '') => get(keysOf('self'), apiKey(await secretOf(name, description)));

describe('the organizations of the example', () => {
  test('one of them is below the premium edition, and its keys cannot expire', async () => {
    const tim = apiKey(await secretOf('admin', 'tim@tiny.example of tiny, role admin'));
    const { body } = await get('/v1/orgs/self', tim).expect(200);
    expect(body.data).toMatchObject({ id: 'tiny', display_name: 'Tiny Labs', company_name: 'Tiny Labs', edition: 'STANDARD' });
    expect(body.data.external_id).toMatch(/^[0-9a-f]{64}$/);
    const create = lk.request.post(keysOf('self')).set('Authorization', tim);
    const answer = await create.send({ name: 'x', expiry_time: '2031-01-01T00:00:00Z' });
    expectError(answer, 403, 'FORBIDDEN', 'Expiry of API keys requires the premium edition');
    expect((await get('/v1/orgs/self').expect(200)).body.data.id).toBe('acme');
  });
});

describe('the roles of the example', () => {
  test('come before the built-in ones, each in its organization', async () => {
    const { body } = await get(rolesPath()).expect(200);
    const names = body.data.map((role: { role_name: string }) => role.role_name);
    expect(names).toEqual(['dashboards', 'key-desk', 'admin', 'member', 'read-only']);
    const tim = apiKey(await secretOf('admin', 'tim@tiny.example of tiny, role admin'));
    const { text } = await get(rolesPath('dashboards'), tim).expect(200);
    expect(text).toBe(
      '{"data":{"role_name":"dashboards","description":null,"owner_email":null,"created_by":null,' +
        `"privileges":[${privilegeText('GET_ORG_GLOBAL', null, null)}],"created_at":"2030-01-01T00:00:00Z"}}`,
    );
  });

  test('have the values of the file', async () => {
    const { text } = await get(rolesPath('key-desk')).expect(200);
    const privileges = ['LIST_USERS_GLOBAL', 'INVITE_USER_GLOBAL', 'CREATE_API_KEY_GLOBAL'];
    expect(text).toBe(
      '{"data":{"role_name":"key-desk","description":"may invite people and see them, and make keys of its own",' +
        '"owner_email":"admin@me.com","created_by":"admin@me.com",' +
        `"privileges":[${privileges.map((action) => privilegeText(action, null, null)).join()}],` +
        '"created_at":"2029-07-01T09:00:00Z"}}',
    );
  });
});

describe('the users of the example', () => {
  test('are only in their own organization, with the values of the file or the defaults', async () => {
    const { body } = await get(usersPath()).expect(200);
    const shown = body.data.map(({ email, first_name, roles, state, invite_state, created_at, org_memberships }: Row) => [
      ...[email, first_name, roles.join(), state, invite_state, created_at.slice(0, 10), org_memberships[0]?.invited_by],
    ]);
    expect(shown).toEqual([
      ['admin@me.com', 'Admin', 'admin', 'ACTIVE', 'ACCEPTED', '2030-01-01', null],
      ['ben@me.com', 'Ben', 'member', 'ACTIVE', 'ACCEPTED', '2030-01-01', null],
      ['dora@me.com', null, 'dashboards,key-desk', 'ACTIVE', 'ACCEPTED', '2030-01-01', null],
      ['olivia@me.com', 'Olivia', 'admin', 'ACTIVE', 'ACCEPTED', '2029-07-01', 'admin@me.com'],
      ['paula@me.com', null, 'read-only', 'NEW', 'PENDING', '2030-01-01', 'olivia@me.com'],
    ]);
  });

  test('a member of two organizations sees both, and has in each the rights given there', async () => {
    const atAcme = apiKey(await secretOf('laptop', 'olivia@me.com of acme, role admin'));
    const atTiny = apiKey(await secretOf('laptop', 'olivia@me.com of tiny, role read-only'));
    const { body } = await get(usersPath('self'), atAcme).expect(200);
    expect(body).toMatchObject({ org: 'acme', roles: ['admin'], orgs: [{ id: 'acme' }, { id: 'tiny' }] });
    expect(body.org_memberships).toMatchObject([{ roles: ['admin'] }, { roles: ['read-only'] }]);
    expect((await get(usersPath('self'), atTiny).expect(200)).body).toMatchObject({ org: 'tiny', roles: ['read-only'] });
    await get(keysOf('ben@me.com'), atAcme).expect(200);
    await get(keysOf('tim@tiny.example'), atTiny).expect(403);
    expect((await get(keysOf('self'), atTiny).expect(200)).body.data).toHaveLength(1);
  });
});

describe('the keys of the example', () => {
  test('are listed with their states, without the revoked one', async () => {
    const { body } = await get(keysOf('ben@me.com')).expect(200);
    expect(body.data.map(({ name, state, expiry_time }: Key) => [name, state, expiry_time])).toEqual([
      ['ci', 'ACTIVE', null],
      ['expired', 'SUSPENDED', '2029-12-31T23:59:59Z'],
      ['expired-last-year', 'SUSPENDED', '2029-06-30T00:00:00Z'],
      ['paused', 'SUSPENDED', null],
      ['rotated', 'ACTIVE', null],
      ['soon-gone', 'ACTIVE', '2030-01-01T00:05:00Z'],
    ]);
  });

  test('are accepted or refused accordingly', async () => {
    for (const name of ['ci', 'soon-gone', 'board']) expect((await use(name)).status, name).toBe(200);
    expect((await use('rotated', 'role member')).status).toBe(200);
    expectRefused(await use('rotated', 'role member, revoked'));
    for (const name of ['expired', 'expired-last-year', 'paused']) {
      expectRefused(await use(name));
    }
    lk.world.clock.advance(5 * minuteMs);
    expect((await use('soon-gone')).status).toBe(200);
    lk.world.clock.advance(1);
    expectRefused(await use('soon-gone'));
  });

  test('have the secret, role, instants and creating key of the file', async () => {
    const secret = 'ben0CiKeyOfTheExampleSeed000000000000000000000000000000000000000';
    const { text } = await get(`${keysOf('ben@me.com', 'ci')}?reveal=true`).expect(200);
    expect(text).toBe(
      `{"data":{"created_at":"2029-12-01T08:00:00Z","name":"ci","key":"${secret}",` +
        '"last_access_time":"2029-12-31T23:00:00Z","expiry_time":null,"role":"read-only","created_by":"ben@me.com","state":"ACTIVE"}}',
    );
    await get('/v1/orgs/self', apiKey(secret)).expect(200);
    const made = await lk.world.keys('rockset').findFirst({ name: 'board' });
    expect(made?.attributes).toEqual({ created_by_apikey_name: 'laptop' });
  });

  test('have a secret of the real shape if the file gives none, the same at every start', async () => {
    const secret = await secretOf('laptop', 'olivia@me.com of acme, role admin');
    expect(secret).toMatch(/^[A-Za-z0-9]{64}$/);
    await lk.world.reset('everything');
    lk.world.clock.advance(1);
    expect(await secretOf('laptop', 'olivia@me.com of acme, role admin')).toBe(secret);
    expect(await secretOf('laptop', 'olivia@me.com of tiny, role read-only')).not.toBe(secret);
  });

  test('id tokens are valid for a day if the file does not say otherwise', async () => {
    const token = (email: string, name: string) =>
      secretOf(`id token of ${email}`, name).then((secret) =>
        get('/v1/orgs/self', `Bearer ${secret}`).set('organization', 'acme'),
      );
    const olivia = () => token('olivia@me.com', 'olivia@me.com of acme, with the header organization: acme');
    const dora = () => token('dora@me.com', 'dora@me.com of acme, with the header organization: acme');
    lk.world.clock.advance(10 * minuteMs);
    expect([(await olivia()).status, (await dora()).status]).toEqual([200, 200]);
    lk.world.clock.advance(1);
    expect([(await olivia()).status, (await dora()).status]).toEqual([200, 401]);
    lk.world.clock.set(epoch + 24 * 60 * minuteMs);
    expect((await olivia()).status).toBe(200);
    lk.world.clock.advance(1);
    expectRefused(await olivia());
  });
});

interface Row {
  readonly email: string;
  readonly first_name: string | null;
  readonly roles: readonly string[];
  readonly state: string;
  readonly invite_state: string;
  readonly created_at: string;
  readonly org_memberships: readonly { readonly invited_by: string | null }[];
}

interface Key {
  readonly name: string;
  readonly state: string;
  readonly expiry_time: string | null;
}
