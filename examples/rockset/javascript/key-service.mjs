import { env } from 'node:process';
import rockset from '@rockset/client';

/** Rockset's client for a secret. */
const as = (secret) => rockset.default(secret, env.ROCKSET_APISERVER);
const { apikeys } = as(env.ROCKSET_APIKEY);

/** Issues a key that grants one role. Rockset shows its secret only this once. */
export async function mint({ name, role, expiresAt }) {
  const { data } = await apikeys.createApiKey({ name, role, expiry_time: expiresAt });
  return data.key;
}

/** Does a job with a secret; by default, asks for the organization. */
export const use = (secret, job = ({ orgs }) => orgs.getOrganization()) => job(as(secret));

/** Replaces a key with one that has the same role; gives the new secret. The old key works until the new one exists. */
export async function rotate(name, successor) {
  const { data } = await apikeys.getApiKey('self', name);
  const secret = await mint({ name: successor, role: data.role });
  await revoke(name);
  return secret;
}

export const revoke = (name) => apikeys.deleteApiKey(name, 'self');

/** Stops a key; `resume` lets it work again. */
export const suspend = (name) => apikeys.updateApiKey(name, 'self', { state: 'SUSPENDED' });
export const resume = (name) => apikeys.updateApiKey(name, 'self', { state: 'ACTIVE' });
