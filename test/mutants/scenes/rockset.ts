import { aliceToken } from '../../providers/estuary/estuary.ts';
import { apiKey, keysOf, ownKeys, secrets, usersPath } from '../../providers/rockset/rockset.ts';
import { type Actor, demandsOf, expiryOf, refusalsOf, type Scene, storingOf, strangerOf } from './scene.ts';

const headers = (secret: string) => ({ authorization: apiKey(secret) });
const invitation = { email: 'new@me.com', roles: ['member'] };

let issued = 0;

export const actor: Actor = {
  provider: 'rockset',
  refused: 401,
  missing: 401,
  secret: secrets.reader,
  unknown: 'x'.repeat(64),
  malformed: (secret) => ({ authorization: `Bearer ${secret}` }),
  headers,
  path: '/v1/orgs/self',
  async issue(lk, { narrow = false, expiring = false } = {}) {
    issued += 1;
    const name = `key-${issued}`;
    const body = { name, ...(narrow && { role: 'read-only' }), ...(expiring && { expiry_time: '2030-06-01T00:00:00Z' }) };
    const answer = await lk.request.post(ownKeys).set(headers(secrets.admin)).send(body);
    return { status: answer.status, secret: answer.body.data?.key, handle: name };
  },
  suspend: (lk, { handle }) => lk.request.post(keysOf('self', handle)).set(headers(secrets.admin)).send({ state: 'SUSPENDED' }),
  revoke: (lk, { handle }) => lk.request.delete(keysOf('self', handle)).set(headers(secrets.admin)),
  wide: (lk, secret) => lk.request.post(usersPath()).set(headers(secret)).send(invitation),
  denied: {
    role: async (lk) => lk.request.post(usersPath()).set(headers(secrets.reader)).send(invitation),
    owner: async (lk) => lk.request.get(keysOf('member@me.com')).set(headers(secrets.reader)),
  },
};

export const scenes: readonly Scene[] = [
  ...refusalsOf(actor),
  ...storingOf(actor),
  ...demandsOf(actor),
  expiryOf(actor),
  strangerOf(actor, aliceToken),
];
