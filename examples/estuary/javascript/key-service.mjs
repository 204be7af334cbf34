import { env } from 'node:process';
import { promisify } from 'node:util';
import estuary from 'estuary-client';

/** Calls one operation of Estuary for whoever has this secret, or for nobody if it is null. The client takes callbacks; this takes promises. */
function call(secret, operation, ...args) {
  const client = new estuary.ApiClient();
  client.basePath = env.ESTUARY_API;
  // Without the prefix, Estuary does not recognise the key.
  Object.assign(client.authentications.bearerAuth, { apiKey: secret, apiKeyPrefix: 'Bearer' });
  const api = new estuary.UserApi(client);
  return promisify(api[operation]).apply(api, args);
}

/** Issues a key; gives it with the date of its expiry. A key for `upload` may upload and do nothing else. */
export const mint = ({ expiry = '720h', perms = 'all' } = {}) => call(env.ESTUARY_TOKEN, 'userApiKeysPost', { expiry, perms });

/** Uses a key, to ask what its owner has stored. */
export const use = (secret) => call(secret, 'userStatsGet');

/** Replaces a key. The old one works until the new one exists. */
export async function rotate(secret) {
  const successor = await mint();
  await revoke(secret);
  return successor;
}

export const revoke = (secret) => call(env.ESTUARY_TOKEN, 'userApiKeysKeyDelete', secret);
