import { describe, expect, test } from 'vitest';
import { generateDocuments } from '../../../scripts/documents.ts';
import { operationsOf } from '../../../scripts/supported.ts';
import { seedsOf } from '../../../src/worlds/seeds.ts';
import { emulatorForTests } from '../emulator.ts';
import { apiKey } from './rockset.ts';

const secretOf = (name: string) => `${name}0Matrix`.padEnd(64, '0');
const idToken = 'eyJhbGciOiJSUzI1NiJ9.e30.bWF0cml4';

/** Users of each role, keys of each kind and another organization, in addition to the first administrator. */
const section = {
  organizations: [{ id: 'other' }],
  roles: [
    { name: 'desk', privileges: [{ action: 'INVITE_USER_GLOBAL' }, { action: 'LIST_USERS_GLOBAL' }] },
    { name: 'custom', privileges: [] },
  ],
  users: [
    { email: 'member@me.com' },
    { email: 'reader@me.com', roles: ['read-only'] },
    { email: 'desk@me.com', roles: ['desk'] },
    { email: 'nobody@me.com', roles: [] },
    { email: 'target@me.com' },
    { email: 'boss@other.org', organization: 'other', roles: ['admin'] },
  ],
  keys: [
    { owner: 'member@me.com', name: 'own', secret: secretOf('member') },
    { owner: 'reader@me.com', name: 'own', secret: secretOf('reader') },
    { owner: 'desk@me.com', name: 'own', secret: secretOf('desk') },
    { owner: 'nobody@me.com', name: 'own', secret: secretOf('nobody') },
    { owner: 'admin@me.com', name: 'own', secret: secretOf('lesser'), role: 'read-only' },
    { owner: 'member@me.com', name: 'greater', secret: secretOf('greater'), role: 'admin' },
    { owner: 'boss@other.org', name: 'own', secret: secretOf('boss') },
    { owner: 'admin@me.com', idToken: true, secret: idToken },
    { owner: 'admin@me.com', name: 'stopped', secret: secretOf('stopped'), state: 'suspended' },
    { owner: 'admin@me.com', name: 'late', secret: secretOf('late'), state: 'expired' },
    { owner: 'admin@me.com', name: 'gone', secret: secretOf('gone'), state: 'revoked' },
    { owner: 'target@me.com', name: 'k', secret: secretOf('target') },
  ],
};

const lk = emulatorForTests({ seeds: seedsOf(new Map([['rockset', section]])) });

/** The headers for each column. */
const credentials: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  admin: { authorization: apiKey('admin0LatchkeySeed'.padEnd(64, '0')) },
  token: { authorization: `Bearer ${idToken}`, organization: 'acme' },
  member: { authorization: apiKey(secretOf('member')) },
  reader: { authorization: apiKey(secretOf('reader')) },
  desk: { authorization: apiKey(secretOf('desk')) },
  nobody: { authorization: apiKey(secretOf('nobody')) },
  lesser: { authorization: apiKey(secretOf('lesser')) },
  greater: { authorization: apiKey(secretOf('greater')) },
  foreign: { authorization: apiKey(secretOf('boss')) },
  stopped: { authorization: apiKey(secretOf('stopped')) },
  late: { authorization: apiKey(secretOf('late')) },
  gone: { authorization: apiKey(secretOf('gone')) },
  none: {},
};
interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const self = '/v1/orgs/self';
const target = `${self}/users/target@me.com`;

/**
 * The status of each operation for each credential, each time on a fresh world. token: an id token of admin; reader:
 * read-only; desk: a custom role that may invite and list; nobody: a user without roles; lesser: admin's key with the role
 * read-only; greater: member's key with the role admin; foreign: the administrator of another organization.
 */
const table = `
                              admin  token  member reader desk   nobody lesser greater foreign
  ping                        200    200    200    200    200    200    200    200     200
  getOrganization             200    200    200    200    403    403    200    200     200
  getCurrentUser              200    200    200    200    403    403    200    200     200
  listUsers                   200    200    200    200    200    403    200    200     200
  getUser                     200    200    200    200    200    403    200    200     404
  createUser                  200    200    200    403    200    403    403    200     200
  updateUser                  200    200    403    403    403    403    403    403     404
  deleteUser                  200    200    403    403    403    403    403    403     404
  listRoles                   200    200    200    200    403    403    200    200     200
  getRole                     200    200    200    200    403    403    200    200     404
  createRole                  200    200    403    403    403    403    403    403     200
  updateRole                  200    200    403    403    403    403    403    403     404
  deleteRole                  200    200    403    403    403    403    403    403     404
  createApiKey                200    200    200    200    403    403    200    200     200
  createApiKeyAdmin:another   200    200    403    403    403    403    403    403     404
  listApiKeys:oneself         200    200    200    200    200    200    200    200     200
  listApiKeys:another         200    200    403    403    403    403    403    403     404
  getApiKey:oneself           200    200    200    200    200    200    200    200     200
  getApiKey:another           200    200    403    403    403    403    403    403     404
  updateApiKey:oneself        200    200    200    200    200    200    200    200     200
  updateApiKey:another        200    200    403    403    403    403    403    403     404
  deleteApiKey:oneself        200    200    200    200    200    200    200    200     200
  deleteApiKey:another        200    200    403    403    403    403    403    403     404
`;

/** The call for each row. */
const calls: Readonly<Record<string, Call>> = {
  ping: { method: 'GET', path: '/' },
  getOrganization: { method: 'GET', path: self },
  getCurrentUser: { method: 'GET', path: `${self}/users/self` },
  listUsers: { method: 'GET', path: `${self}/users` },
  getUser: { method: 'GET', path: target },
  createUser: { method: 'POST', path: `${self}/users`, body: { email: 'new@me.com', roles: ['member'] } },
  updateUser: { method: 'POST', path: target, body: {} },
  deleteUser: { method: 'DELETE', path: target },
  listRoles: { method: 'GET', path: `${self}/roles` },
  getRole: { method: 'GET', path: `${self}/roles/custom` },
  createRole: { method: 'POST', path: `${self}/roles`, body: { role_name: 'new' } },
  updateRole: { method: 'POST', path: `${self}/roles/custom`, body: {} },
  deleteRole: { method: 'DELETE', path: `${self}/roles/custom` },
  createApiKey: { method: 'POST', path: `${self}/users/self/apikeys`, body: { name: 'n' } },
  'createApiKeyAdmin:another': { method: 'POST', path: `${target}/apikeys`, body: { name: 'n' } },
  'listApiKeys:oneself': { method: 'GET', path: `${self}/users/self/apikeys` },
  'listApiKeys:another': { method: 'GET', path: `${target}/apikeys` },
  'getApiKey:oneself': { method: 'GET', path: `${self}/users/self/apikeys/own` },
  'getApiKey:another': { method: 'GET', path: `${target}/apikeys/k` },
  'updateApiKey:oneself': { method: 'POST', path: `${self}/users/self/apikeys/own`, body: { state: 'ACTIVE' } },
  'updateApiKey:another': { method: 'POST', path: `${target}/apikeys/k`, body: { state: 'ACTIVE' } },
  'deleteApiKey:oneself': { method: 'DELETE', path: `${self}/users/self/apikeys/own` },
  'deleteApiKey:another': { method: 'DELETE', path: `${target}/apikeys/k` },
};

const [header = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

async function statusOf(row: string, column: string): Promise<number> {
  const { method, path, body } = calls[row] ?? missing(row);
  const headers = new Headers({ ...credentials[column], ...(body !== undefined && { 'content-type': 'application/json' }) });
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${lk.url}${path}`, { method, headers, ...sent });
  await lk.world.reset('everything');
  return answer.status;
}

function missing(row: string): never {
  throw new Error(`there is no call ${row}`);
}

describe('who may call which operation', () => {
  test.each(rows.map(([row = '', ...statuses]) => [row, statuses] as const))('%s', async (row, statuses) => {
    const found: string[] = [];
    for (const column of header) found.push(`${column} ${await statusOf(row, column)}`);
    expect(found).toEqual(header.map((column, index) => `${column} ${statuses[index]}`));
  });

  test.each(Object.keys(calls))('%s refuses suspended, expired, revoked and missing keys', async (row) => {
    for (const column of ['stopped', 'late', 'gone', 'none']) {
      expect(await statusOf(row, column), column).toBe(row === 'ping' ? 200 : 401);
    }
  });

  test('the table has every operation and every call', async () => {
    const document = (await generateDocuments()).get('rockset');
    const ids = operationsOf(document).map(([, , { operationId }]) => operationId);
    expect(new Set(rows.map(([row = '']) => row.split(':')[0]))).toEqual(new Set(ids));
    expect(rows.map(([row]) => row)).toEqual(Object.keys(calls));
  });
});
