import { env } from 'node:process';

/** A request that KPS refused: the status and the whole body. */
export class Refusal extends Error {
  constructor(status, body) {
    super(`KPS refused it: ${status} ${body}`);
    Object.assign(this, { status, body });
  }
}

async function call(secret, method, path, body) {
  const answer = await fetch(`http://${env.NUTANIX_KPS_HOST}/v1.0/${path}`, {
    method,
    headers: secret === null ? {} : { authorization: `Bearer ${secret}` },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refusal(answer.status, text);
  return JSON.parse(text);
}

/** Issues a key; gives it with its ids and its token, which KPS shows only this once. */
export const mint = () => call(env.NUTANIX_KPS_API_TOKEN, 'POST', 'userapitokens', {});

/** Uses a key or the token of a log-in, usually to list the keys of its user. */
export const use = (secret, path = 'userapitokens') => call(secret, 'GET', path);

/** Replaces a key. A user has at most two, and this service uses one itself, so the old key is revoked before the new one is issued. */
export async function rotate(id) {
  await revoke(id);
  return mint();
}

/** Revokes a key. KPS reports success whether the key exists or not, and names it only if it did. */
export async function revoke(id) {
  const revoked = await call(env.NUTANIX_KPS_API_TOKEN, 'DELETE', `userapitokens/${id}`);
  if (revoked.id !== id) throw new Error(`we have no key ${id}`);
}

/** Stops a key; `resume` lets it work again. */
export const suspend = (key) => setActive(key, false);
export const resume = (key) => setActive(key, true);
const setActive = ({ id, userId }, active) => call(env.NUTANIX_KPS_API_TOKEN, 'PUT', `userapitokens/${id}`, { userId, active });

/** Logs in, for users who have no key; gives the token. */
export const logIn = async (email, password) => (await call(null, 'POST', 'login', { email, password })).token;
