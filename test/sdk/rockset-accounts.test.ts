import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

interface User {
  readonly email: string;
  readonly roles: readonly string[];
  readonly state: string;
}

interface Role {
  readonly role_name: string;
  readonly privileges: readonly { readonly action: string; readonly resource_name: string | null }[];
}

/** The part of the client that is used here; in its own declarations every field is optional. */
interface Client {
  readonly users: {
    createUser(body: object): Promise<{ readonly data: User }>;
    listUsers(): Promise<{ readonly data: readonly User[] }>;
    getUser(user: string): Promise<User>;
    updateUser(user: string, body: object): Promise<User>;
    deleteUser(user: string): Promise<{ readonly data: User }>;
    getCurrentUser(): Promise<User>;
  };
  readonly customRolesBeta: {
    createRole(body: object): Promise<{ readonly data: Role }>;
    listRoles(): Promise<{ readonly data: readonly Role[] }>;
    getRole(name: string): Promise<{ readonly data: Role }>;
    updateRole(name: string, body: object): Promise<{ readonly data: Role }>;
    deleteRole(name: string): Promise<{ readonly data: Role }>;
  };
  readonly workspaces: { listWorkspaces(): Promise<object> };
}

const require = createRequire(import.meta.url);
const { default: configure }: { readonly default: (key: string, host: string) => Client } = require('@rockset/client');

const lk = emulatorForTests();

describe.each([
  ['the root', ''],
  ['the prefix', '/rockset'],
])('npm @rockset/client 0.9.2 at %s', (_, prefix) => {
  const seeded = async (name: string) => {
    const credential = (await lk.world.credentials()).get('rockset')?.find((one) => one.name === name);
    return configure(credential?.secret ?? '', `${lk.url}${prefix}`);
  };

  test('takes a user from invitation to deletion', async () => {
    const { users } = await seeded('admin');
    const { data: invited } = await users.createUser({ email: 'PME+x@me.com', roles: ['read-only'] });
    expect(invited).toMatchObject({ email: 'pme+x@me.com', roles: ['read-only'], state: 'NEW' });
    expect(await users.getUser('pme+x@me.com')).toMatchObject({ email: 'pme+x@me.com' });
    expect((await users.updateUser('pme+x@me.com', { roles: ['member'] })).roles).toEqual(['member']);
    const { data: listed } = await users.listUsers();
    expect(listed.map(({ email }) => email)).toEqual(['admin@me.com', 'member@me.com', 'pme+x@me.com', 'reader@me.com']);
    expect((await users.deleteUser('pme+x@me.com')).data.email).toBe('pme+x@me.com');
    await expect(users.getUser('pme+x@me.com')).rejects.toMatchObject({ type: 'NOTFOUND' });
  });

  test('takes a role from creation to deletion', async () => {
    const { customRolesBeta: roles } = await seeded('admin');
    const privileges = [{ action: 'QUERY_DATA_WS', resource_name: 'commons', cluster: '*ALL*' }];
    expect((await roles.createRole({ role_name: 'a b', privileges })).data.privileges).toEqual(privileges);
    expect((await roles.getRole('a b')).data.role_name).toBe('a b');
    expect((await roles.updateRole('a b', { privileges: [] })).data.privileges).toEqual([]);
    const { data: listed } = await roles.listRoles();
    expect(listed.map(({ role_name }) => role_name)).toEqual(['a b', 'admin', 'member', 'read-only']);
    expect((await roles.deleteRole('a b')).data.role_name).toBe('a b');
    const missing = { message: 'Role "a b" not found', message_key: 'ROLE_NOT_FOUND_NAME' };
    await expect(roles.getRole('a b')).rejects.toMatchObject(missing);
  });

  test('throws when a key lacks a permission, and when an operation is not emulated', async () => {
    const { users, customRolesBeta: roles, workspaces } = await seeded('reader');
    await expect(users.createUser({ email: 'x@me.com', roles: ['admin'] })).rejects.toMatchObject({ type: 'FORBIDDEN' });
    await expect(roles.createRole({ role_name: 'x' })).rejects.toMatchObject({ type: 'FORBIDDEN' });
    await expect(workspaces.listWorkspaces()).rejects.toMatchObject({ type: 'NOTIMPLEMENTEDYET' });
    expect((await users.getCurrentUser()).email).toBe('reader@me.com');
  });
});
