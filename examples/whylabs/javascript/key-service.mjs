import { env } from 'node:process';

/** A request that WhyLabs refused: the status and the whole body. */
export class Refusal extends Error {
  constructor(status, body) {
    super(`WhyLabs refused it: ${status} ${body}`);
    Object.assign(this, { status, body });
  }
}

async function call(secret, method, path, query = {}) {
  const answer = await fetch(`${env.WHYLABS_API_ENDPOINT}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: secret === null ? {} : { 'x-api-key': secret },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refusal(answer.status, text);
  return JSON.parse(text);
}

/** A path of the organization that a secret names at its end. */
const pathOf = (secret, resource) => `/v0/organizations/${secret.split(':')[1]}/${resource}`;
const keys = (method, query) => call(env.WHYLABS_API_KEY, method, pathOf(env.WHYLABS_API_KEY, 'api-key'), query);

/** Issues a key. Without a scope it may do nothing, although the documentation promises `:user`. */
export const mint = ({ userId, scopes = [':user'], expiresAtMs }) =>
  keys('POST', { user_id: userId, scopes, ...(expiresAtMs && { expiration_time: expiresAtMs }) });

/** Uses a key, usually to list the models of the organization. */
export const use = (secret, resource = 'models', query = {}) => call(secret, 'GET', pathOf(secret, resource), query);

/** Checks whether a key is accepted at all. Throws Refusal if not. */
export const validate = (secret) => call(secret, 'GET', '/v1/api-key/validate');

/** Replaces a key with one of the same user and scopes. The old key works until the new one exists. */
export async function rotate(key) {
  const successor = await mint(key);
  await revoke(key);
  return successor;
}

export const revoke = ({ userId, keyId }) => keys('DELETE', { user_id: userId, key_id: keyId });
