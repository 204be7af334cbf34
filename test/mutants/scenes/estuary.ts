import { aliceToken, bearer } from '../../providers/estuary/estuary.ts';
import { secrets } from '../../providers/rockset/rockset.ts';
import { type Actor, demandsOf, expiryOf, refusalsOf, type Scene, storingOf, strangerOf } from './scene.ts';

const path = '/user/api-keys';
const headers = (secret: string) => ({ authorization: bearer(secret) });

export const actor: Actor = {
  provider: 'estuary',
  refused: 401,
  missing: 401,
  secret: aliceToken,
  unknown: 'EST00000000-0000-4000-8000-000000000099ARY',
  malformed: (secret) => ({ authorization: secret }),
  headers,
  path: '/viewer',
  async issue(lk, { narrow = false } = {}) {
    const answer = await lk.request.post(`${path}${narrow ? '?perms=upload' : ''}`).set(headers(aliceToken));
    return { status: answer.status, secret: answer.body.token, handle: answer.body.token };
  },
  revoke: (lk, { handle }) => lk.request.delete(`${path}/${handle}`).set(headers(aliceToken)),
  wide: (lk, secret) => lk.request.get(path).set(headers(secret)),
  denied: { role: async (lk) => lk.request.get('/admin/invites').set(headers(aliceToken)) },
};

export const scenes: readonly Scene[] = [
  ...refusalsOf(actor),
  ...storingOf(actor),
  ...demandsOf(actor),
  expiryOf(actor),
  strangerOf(actor, secrets.admin),
];
