import type { FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../../../core/at-once.ts';
import { fail } from '../../../../core/errors.ts';
import { trimBlanks } from '../../../../http/blanks.ts';
import { findOrganization, knownOrganization, type Organization } from '../../accounts/organizations/organizations.ts';
import { isSuperAdmin } from '../scopes.ts';

/**
 * Whether a key may act for the organisation that a v1 request names: its own, a child of its own, and for super
 * administrators any. A request that names none is for the key's own. FIDELITY: Organisation of a v1 request.
 */
export function actsForAccount(request: FastifyRequest): MaybePromise<boolean> {
  const named = namedIn(request) ?? '';
  const { tenant } = request.apiKey;
  if (isSuperAdmin(request.apiKey) || trimBlanks(named) === '' || named === tenant) return true;
  return goOn(findOrganization(request, named), (child) => {
    if (child === undefined || child.deleted || child.parentOrgId !== tenant) return false;
    request.setDecorator<Organization>('principal', child);
    return true;
  });
}

/**
 * The id of the organisation that an authorised v1 request is for. Throws request_invalid for a super administrator who
 * names none.
 */
export function accountOf(request: FastifyRequest): string {
  const named = namedIn(request);
  if (!isSuperAdmin(request.apiKey)) return named === undefined || trimBlanks(named) === '' ? request.apiKey.tenant : named;
  return (
    named ??
    fail('request_invalid', { problem: 'Required RequestAttribute [RequestOrganizationId] not specified', path: '/orgId' })
  );
}

/** The record of that organisation, deleted or not. Throws the 404 of an organisation that never existed. */
export async function organizationOfAccount(request: FastifyRequest): Promise<Organization> {
  const child = request.getDecorator<Organization | undefined>('principal');
  return child ?? knownOrganization(request, accountOf(request));
}

function namedIn({ headers }: FastifyRequest): string | undefined {
  const [named] = [headers['x-whylabs-organization']].flat();
  return named;
}
