import { randomUUID } from 'node:crypto';
import { toIsoSeconds } from '../../../src/clock.ts';
import type { Holder, LifecycleDriver, Write } from '../lifecycle-driver.ts';
import { apiKey, keysOf, ownKeys, usersPath } from './rockset.ts';

/** The handle of a key is its path, which includes the owner: a stranger's requests then address the key itself. */
const pathOf = ({ name: user }: Holder, key: string) => keysOf(`${user}@me.com`, key);

export const driver: LifecycleDriver = {
  issuer: 'member',
  stranger: 'reader',
  refusals: { unknown: 401, revoked: 401, expired: 401, suspended: 401 },
  canExpire: true,
  async issue(http, by, expiresAt) {
    const name = randomUUID();
    const expiry = expiresAt === undefined ? {} : { expiry_time: toIsoSeconds(expiresAt) };
    const { body } = await http
      .post(ownKeys)
      .set('Authorization', by.header.value)
      .send({ name, ...expiry })
      .expect(200);
    return { secret: body.data.key, handle: pathOf(by, name) };
  },
  reads: [
    '/v1/orgs/self',
    '/v1/orgs/self/roles',
    '/v1/orgs/self/users/self',
    usersPath('member@me.com'),
    ownKeys,
    `${ownKeys}/member`,
    `${ownKeys}/member?reveal=true`,
    keysOf('member@me.com'),
  ],
  writes: [
    ...[['admin'], ['read-only'], ['own'], ['member']].map(
      (roles): Write => ({ by: 'admin', method: 'POST', path: usersPath('member@me.com'), body: { roles } }),
    ),
    {
      by: 'admin',
      method: 'POST',
      path: '/v1/orgs/self/roles',
      body: { role_name: 'own', privileges: [{ action: 'LIST_ROLES_GLOBAL' }] },
    },
    { by: 'admin', method: 'POST', path: '/v1/orgs/self/roles/own', body: { privileges: [{ action: 'ALL_GLOBAL_ACTIONS' }] } },
    { by: 'admin', method: 'DELETE', path: '/v1/orgs/self/roles/own' },
    { by: 'admin', method: 'POST', path: ownKeys, body: { name: 'lent', role: 'own' } },
    { by: 'admin', method: 'DELETE', path: usersPath('member@me.com') },
  ],
  use: (http, secret) => http.get('/v1/orgs/self').set('Authorization', apiKey(secret)),
  async list(http, by) {
    const { body } = await http.get(ownKeys).set('Authorization', by.header.value).expect(200);
    return body.data.map((key: { name: string }) => pathOf(by, key.name));
  },
  async revoke(http, by, { handle }) {
    const { status } = await http.delete(handle).set('Authorization', by.header.value);
    return status;
  },
  async suspend(http, by, { handle }) {
    const { status } = await http.post(handle).set('Authorization', by.header.value).send({ state: 'SUSPENDED' });
    return status;
  },
  async resume(http, by, { handle }) {
    const { status } = await http.post(handle).set('Authorization', by.header.value).send({ state: 'ACTIVE' });
    return status;
  },
};
