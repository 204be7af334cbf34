import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

interface Key {
  readonly name: string;
  readonly key: string;
  readonly created_by: string | null;
}

/** The operations on keys in the clients of 2020 and 2021: a single key could only be deleted. */
interface Client {
  readonly apikeys: {
    createApiKey(body: object): Promise<{ readonly data: Key }>;
    createApiKeyAdmin(body: object, user: string): Promise<{ readonly data: Key }>;
    listApiKeys(): Promise<{ readonly data: readonly Key[] }>;
    listApiKeysAdmin(user: string): Promise<{ readonly data: readonly Key[] }>;
    deleteApiKey(name: string): Promise<{ readonly data: Key }>;
    deleteApiKeyAdmin(name: string, user: string): Promise<{ readonly data: Key }>;
  };
  readonly orgs: { getOrganization(): Promise<{ readonly data: { readonly id: string } }> };
  readonly users: { getCurrentUser(): Promise<{ readonly email: string }> };
}

const require = createRequire(import.meta.url);
const modern = emulatorForTests();
const ofTheirTime = emulatorForTests({ profiles: { rockset: '2021' } });

describe.each([
  ['@rockset/client 0.8.2', 'rockset-client-legacy', ''],
  ['@rockset/client 0.8.2', 'rockset-client-legacy', '/rockset'],
  ['rockset 3.3.0', 'rockset', ''],
  ['rockset 3.3.0', 'rockset', '/rockset'],
])('npm %s (%s) at "%s"', (_, module, prefix) => {
  const { default: configure }: { readonly default: (key: string, host: string) => Client } = require(module);

  describe.each([
    ['2022', modern, { 401: 'AUTHEXCEPTION', 403: 'FORBIDDEN', 404: 'NOTFOUND' }],
    ['2021', ofTheirTime, { 401: 'AuthException', 403: 'Forbidden', 404: 'NotFound' }],
  ])('profile %s', (_, lk, types) => {
    const connect = (secret: string) => configure(secret, `${lk.url}${prefix}`);
    const seeded = async (name: string) => {
      const credential = (await lk.world.credentials()).get('rockset')?.find((one) => one.name === name);
      return connect(credential?.secret ?? '');
    };

    test("takes one's own key through its whole life", async () => {
      const { apikeys } = await seeded('member');
      const { data } = await apikeys.createApiKey({ name: 'sdk' });
      expect(data.key).toHaveLength(64);
      expect((await connect(data.key).orgs.getOrganization()).data.id).toBe('acme');
      expect((await apikeys.listApiKeys()).data.map(({ name }) => name)).toEqual(['member', 'sdk']);
      expect((await apikeys.deleteApiKey('sdk')).data.name).toBe('sdk');
      await expect(connect(data.key).orgs.getOrganization()).rejects.toMatchObject({ type: types[401] });
      await expect(apikeys.deleteApiKey('sdk')).rejects.toMatchObject({ type: types[404] });
    });

    test('an administrator creates, lists and deletes a key of another user', async () => {
      const { apikeys } = await seeded('admin');
      const { data } = await apikeys.createApiKeyAdmin({ name: 'given' }, 'member@me.com');
      expect((await connect(data.key).users.getCurrentUser()).email).toBe('member@me.com');
      expect((await apikeys.listApiKeysAdmin('member@me.com')).data.map(({ name }) => name)).toEqual(['given', 'member']);
      await apikeys.deleteApiKeyAdmin('given', 'member@me.com');
      await expect(connect(data.key).users.getCurrentUser()).rejects.toMatchObject({ message: 'Authentication Failure' });
    });

    test('other users are refused', async () => {
      const { apikeys } = await seeded('reader');
      const refused = { type: types[403], message: 'Not authorized to perform this action' };
      await expect(apikeys.createApiKeyAdmin({ name: 'x' }, 'member@me.com')).rejects.toMatchObject(refused);
      await expect(apikeys.listApiKeysAdmin('member@me.com')).rejects.toMatchObject(refused);
      await expect(apikeys.deleteApiKeyAdmin('member', 'member@me.com')).rejects.toMatchObject(refused);
    });
  });
});
