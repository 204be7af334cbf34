import type { FastifyRequest } from 'fastify';
import { trimBlanks } from '../../../http/blanks.ts';

/** What a request presents as its key, in the header or else in the cookie `X-API-Key`; undefined without either. */
export function presentedKey(request: FastifyRequest): string | undefined {
  const [inHeader] = [request.headers['x-api-key']].flat();
  return inHeader ?? cookieOf(request.headers.cookie ?? '');
}

function cookieOf(header: string): string | undefined {
  const cookie = header
    .split(';')
    .map(trimBlanks)
    .find((pair) => pair.startsWith('X-API-Key='));
  return cookie?.slice('X-API-Key='.length).replace(/^"(.*)"$/, '$1');
}
