import { env } from 'node:process';
import { promisify } from 'node:util';
import estuary from 'estuary-client';

/** One operation of Estuary as whoever has this secret sees it: the client takes callbacks, we take promises. */
function call(secret, operation, ...args) {
  const client = new estuary.ApiClient();
  client.basePath = env.ESTUARY_API;
  // Without the prefix, Estuary does not see a key at all.
  Object.assign(client.authentications.bearerAuth, { apiKey: secret, apiKeyPrefix: 'Bearer' });
  const api = new estuary.UserApi(client);
  return promisify(api[operation]).apply(api, args);
}

/** Issues a key, with the date of its expiry. `upload` makes one that may upload and nothing else. */
export const mint = ({ expiry = '720h', perms = 'all' } = {}) => call(env.ESTUARY_TOKEN, 'userApiKeysPost', { expiry, perms });

/** Uses a key: what has its owner stored? */
export const use = (secret) => call(secret, 'userStatsGet');

/** Replaces a key, which works until its successor is there. */
export async function rotate(secret) {
  const successor = await mint();
  await revoke(secret);
  return successor;
}

export const revoke = (secret) => call(env.ESTUARY_TOKEN, 'userApiKeysKeyDelete', secret);
