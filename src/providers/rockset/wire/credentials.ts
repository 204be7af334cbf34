import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';

/**
 * Reads `Authorization: ApiKey <key>`, the scheme in any case: half of the clients write `apikey`. An id token comes as
 * `Bearer <token>`, with a header that names its organization. Throws credential_missing or credential_malformed.
 * FIDELITY: Authentication.
 */
export function readCredential(request: FastifyRequest): string {
  const header = request.headers.authorization?.trim() ?? '';
  if (header === '') fail('credential_missing', null);
  const [scheme = '', secret, ...more] = header.split(/\s+/);
  if (isBearer(request) && organizationNamed(request) === undefined) fail('credential_malformed', { problem: 'organization' });
  if (!/^(apikey|bearer)$/i.test(scheme) || secret === undefined || more.length > 0) {
    fail('credential_malformed', { problem: 'scheme' });
  }
  return secret;
}

/**
 * Makes sure that a key came the way that its kind must: an id token as a bearer of its own organization, an API key not
 * as one. Throws credential_malformed. FIDELITY: Authentication.
 */
export function checkPresentation(request: FastifyRequest): void {
  const { kind, tenant } = request.apiKey;
  if (isBearer(request) !== (kind === 'session')) fail('credential_malformed', { problem: 'kind' });
  if (kind === 'session' && organizationNamed(request) !== tenant) fail('credential_malformed', { problem: 'organization' });
}

/** Whether a request presents an id token, or means to. */
export function isBearer({ headers }: FastifyRequest): boolean {
  return /^\s*bearer(\s|$)/i.test(headers.authorization ?? '');
}

function organizationNamed({ headers }: FastifyRequest): string | undefined {
  const { organization } = headers;
  return typeof organization === 'string' && organization !== '' ? organization : undefined;
}
