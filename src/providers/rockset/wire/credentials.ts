import type { FastifyRequest } from 'fastify';

/** Whether a request presents an id token, or tries to. */
export function isBearer({ headers }: FastifyRequest): boolean {
  return /^[ \t]*bearer(?:[ \t]|$)/i.test(headers.authorization ?? '');
}

/** The organization in the header that comes with an id token; undefined where it is missing or empty. */
export function organizationOfHeader({ headers }: FastifyRequest): string | undefined {
  const { organization } = headers;
  return typeof organization === 'string' && organization !== '' ? organization : undefined;
}
