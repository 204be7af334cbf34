import { env } from 'node:process';
import rockset from '@rockset/client';

/** Rockset as whoever has this secret sees it. */
const as = (secret) => rockset.default(secret, env.ROCKSET_APISERVER);
const { apikeys } = as(env.ROCKSET_APIKEY);

/** Issues a key that grants one role. Its secret is told this once. */
export async function mint({ name, role, expiresAt }) {
  const { data } = await apikeys.createApiKey({ name, role, expiry_time: expiresAt });
  return data.key;
}

/** Does a job with a secret; the usual one is to ask for the organization. */
export const use = (secret, job = ({ orgs }) => orgs.getOrganization()) => job(as(secret));

/** Replaces a key by one of the same role, and gives the secret of that. The old key works until the new one is there. */
export async function rotate(name, successor) {
  const { data } = await apikeys.getApiKey('self', name);
  const secret = await mint({ name: successor, role: data.role });
  await revoke(name);
  return secret;
}

export const revoke = (name) => apikeys.deleteApiKey(name, 'self');
