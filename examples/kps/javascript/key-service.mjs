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

/** Issues a key: its id, and the token that is told this once. */
export const mint = () => call(env.NUTANIX_KPS_API_TOKEN, 'POST', 'userapitokens', {});

/** Uses a key or the token of a log-in; usually to list the keys of whom it belongs to. */
export const use = (secret, path = 'userapitokens') => call(secret, 'GET', path);

/** Replaces a key. A user has two at most and this service's own is one, so the old key goes before the new one comes. */
export async function rotate(id) {
  await revoke(id);
  return mint();
}

/** Revokes a key. KPS answers well whether there is one or not, and names it only if there was. */
export async function revoke(id) {
  const revoked = await call(env.NUTANIX_KPS_API_TOKEN, 'DELETE', `userapitokens/${id}`);
  if (revoked.id !== id) throw new Error(`we have no key ${id}`);
}

/** The token of a log-in, for those who have no key. */
export const logIn = async (email, password) => (await call(null, 'POST', 'login', { email, password })).token;
