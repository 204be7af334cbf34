import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../support/emulator.ts';

/** A key as the client returns it: unchanged. */
interface Key {
  readonly name: string;
  readonly key: string;
  readonly state: 'ACTIVE' | 'SUSPENDED';
  readonly role: string | null;
  readonly expiry_time: string | null;
}

/** The part of the client that is used here; in its own declarations every field is optional. */
interface Client {
  readonly apikeys: {
    createApiKey(body: object): Promise<{ readonly data: Key }>;
    listApiKeys(user: string): Promise<{ readonly data: readonly Key[] }>;
    getApiKey(user: string, name: string, reveal?: boolean): Promise<{ readonly data: Key }>;
    updateApiKey(name: string, user: string, body: object): Promise<{ readonly data: Key }>;
    deleteApiKey(name: string, user: string): Promise<{ readonly data: Key }>;
  };
  readonly orgs: { getOrganization(): Promise<{ readonly data: { readonly id: string } }> };
  readonly users: { getCurrentUser(): Promise<{ readonly email: string }> };
}

const require = createRequire(import.meta.url);
const { default: configure }: { readonly default: (key: string, host: string) => Client } = require('@rockset/client');

const lk = emulatorForTests();

describe.each([
  ['the root', ''],
  ['the prefix', '/rockset'],
])('npm @rockset/client 0.9.2 at %s', (_, prefix) => {
  const connect = (secret: string) => configure(secret, `${lk.url}${prefix}`);
  const seeded = async (name: string) => {
    const credential = (await lk.world.credentials()).get('rockset')?.find((one) => one.name === name);
    return connect(credential?.secret ?? '');
  };

  test('takes a key through its whole life', async () => {
    const { apikeys } = await seeded('admin');
    const { data: created } = await apikeys.createApiKey({ name: 'sdk', role: 'member' });
    expect(created).toMatchObject({ name: 'sdk', role: 'member', state: 'ACTIVE' });
    const minted = connect(created.key);
    expect((await minted.orgs.getOrganization()).data.id).toBe('acme');
    expect((await minted.users.getCurrentUser()).email).toBe('admin@me.com');

    const { data: listed } = await apikeys.listApiKeys('admin@me.com');
    expect(listed.map(({ name }) => name)).toEqual(['admin', 'sdk']);
    const { data: masked } = await apikeys.getApiKey('self', 'sdk');
    expect(masked.key).toBe(`${created.key.slice(0, 4)}${'*'.repeat(60)}`);
    expect((await apikeys.getApiKey('self', 'sdk', true)).data.key).toBe(created.key);

    expect((await apikeys.updateApiKey('sdk', 'self', { state: 'SUSPENDED' })).data.state).toBe('SUSPENDED');
    await expect(minted.orgs.getOrganization()).rejects.toMatchObject({ type: 'AUTHEXCEPTION' });
    expect((await apikeys.updateApiKey('sdk', 'self', { state: 'ACTIVE' })).data.state).toBe('ACTIVE');
    expect((await minted.orgs.getOrganization()).data.id).toBe('acme');

    expect((await apikeys.deleteApiKey('sdk', 'self')).data).toMatchObject({ name: 'sdk', state: 'ACTIVE' });
    await expect(minted.orgs.getOrganization()).rejects.toMatchObject({ message: 'Authentication Failure' });
    await expect(apikeys.getApiKey('self', 'sdk')).rejects.toMatchObject({
      type: 'NOTFOUND',
      message: 'API key "sdk" not found',
    });
  });

  test("manages another user's keys, by names and addresses that must be escaped", async () => {
    const { apikeys: own } = await seeded('member');
    const { apikeys } = await seeded('admin');
    await own.createApiKey({ name: 'a b/c%d+e' });
    expect((await apikeys.getApiKey('member@me.com', 'a b/c%d+e')).data.name).toBe('a b/c%d+e');
    await apikeys.deleteApiKey('a b/c%d+e', 'Member@me.com');
    expect((await own.listApiKeys('self')).data.map(({ name }) => name)).toEqual(['member']);
    await expect(own.listApiKeys('admin@me.com')).rejects.toMatchObject({ type: 'FORBIDDEN' });
  });

  test('gives a key an expiry, sees it suspended afterwards and clears the expiry', async () => {
    const { apikeys } = await seeded('admin');
    const { data } = await apikeys.createApiKey({ name: 'short', expiry_time: '2030-01-01T01:00:00Z' });
    lk.world.clock.set(epoch + 3_600_001);
    expect((await apikeys.getApiKey('self', 'short')).data.state).toBe('SUSPENDED');
    await expect(connect(data.key).orgs.getOrganization()).rejects.toMatchObject({ message: 'Authentication Failure' });
    const renewal = { state: 'ACTIVE', clear_expiry_time: true };
    expect((await apikeys.updateApiKey('short', 'self', renewal)).data).toMatchObject({ state: 'ACTIVE', expiry_time: null });
    await connect(data.key).orgs.getOrganization();
  });

  test('throws the error body of a second key of the same name', async () => {
    const { apikeys } = await seeded('reader');
    await apikeys.createApiKey({ name: 'twice' });
    await expect(apikeys.createApiKey({ name: 'twice' })).rejects.toMatchObject({ type: 'ALREADYEXISTS', line: null });
  });
});
