import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';

const tokenShape = /^[A-Za-z0-9]{10}\.[A-Za-z0-9+\-^!$&@]{53}$/;

/**
 * Reads the key of the header, else of the cookie `X-API-Key`, and gives its 64-character token.
 * Throws credential_missing or credential_malformed.
 */
export function readCredential(request: FastifyRequest): string {
  const token = tokenOf(presentedKey(request) ?? fail('credential_missing', null));
  return tokenShape.test(token) ? token : fail('credential_malformed', { problem: 'not of the shape of a key' });
}

/** What a request presents as its key, whatever it is; undefined when it presents nothing. */
export function presentedKey(request: FastifyRequest): string | undefined {
  const [inHeader] = [request.headers['x-api-key']].flat();
  return inHeader ?? cookieOf(request.headers.cookie ?? '');
}

/** The token of a key `token:org`. The organisation is never compared with anything; more colons make no key. */
export function tokenOf(presented: string): string {
  const [token = '', ...rest] = presented.split(':');
  return rest.length === 1 ? token : presented;
}

function cookieOf(header: string): string | undefined {
  const cookie = header
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith('X-API-Key='));
  return cookie?.slice('X-API-Key='.length).replace(/^"(.*)"$/, '$1');
}
