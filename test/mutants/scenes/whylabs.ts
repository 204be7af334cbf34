import { addOrganization, admin, keysOf, system, user } from '../../providers/whylabs/whylabs.ts';
import { epoch } from '../../support/emulator.ts';
import { type Actor, demandsOf, expiryOf, refusalsOf, type Scene, storingOf } from './scene.ts';

const path = '/v1/api-key/validate';
const keys = keysOf('org-123');
const memberships = '/v0/organizations/org-123/membership';
const headers = (secret: string) => ({ 'x-api-key': secret });

export const actor: Actor = {
  provider: 'whylabs',
  refused: 403,
  missing: 401,
  secret: user,
  unknown: `UNKNOWN000.${'0'.repeat(53)}:org-123`,
  malformed: (secret) => ({ 'x-api-key': `"${secret}"` }),
  headers,
  path,
  async issue(lk, { narrow = false, expiring = false } = {}) {
    const query = {
      user_id: 'user-123',
      scopes: narrow ? ':user' : ':administrator',
      ...(expiring && { expiration_time: epoch + 3_600_000 }),
    };
    const answer = await lk.request.post(keys).query(query).set(headers(system));
    return { status: answer.status, secret: answer.body.key, handle: answer.body.keyId };
  },
  revoke: (lk, { handle }) => lk.request.delete(keys).query({ user_id: 'user-123', key_id: handle }).set(headers(system)),
  wide: (lk, secret) => lk.request.get(memberships).set(headers(secret)),
  denied: {
    role: async (lk) => lk.request.get(memberships).set(headers(user)),
    async tenant(lk) {
      await addOrganization(lk, 'org-456');
      return lk.request.get(path).set(headers(admin)).set('X-WHYLABS-ORGANIZATION', 'org-456');
    },
    owner: async (lk) => lk.request.get(keys).query({ user_id: 'user-admin' }).set(headers(user)),
  },
};

export const scenes: readonly Scene[] = [...refusalsOf(actor), ...storingOf(actor), ...demandsOf(actor), expiryOf(actor)];
