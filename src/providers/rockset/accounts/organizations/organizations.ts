import type { FastifyRequest } from 'fastify';
import { toIsoSeconds } from '../../../../clock.ts';
import { goOn, type MaybePromise } from '../../../../core/at-once.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { forbidden, notFound } from '../../wire/errors.ts';
import type { OrganizationView } from './schemas.ts';

/** An organization. It is a tenant, and the id of its resource is that of the tenant. */
export type Organization = Omit<OrganizationView, 'id' | 'created_at'>;

export const organizations = resourceKind<Organization>('organization');

/** The organization of the accepted key. Throws the 404 if it does not exist, which cannot happen with a seed. */
export function organizationOf(request: FastifyRequest): MaybePromise<Resource<Organization>> {
  const { tenant } = request.apiKey;
  return goOn(request.resources.get(organizations, tenant), (organization) => {
    if (organization === undefined) throw new WireError(notFound(`Organization "${tenant}" not found`));
    return organization;
  });
}

/** Throws the 403 for an organization below the premium edition. The specification says that an expiry "requires premium". */
export function requirePremium(request: FastifyRequest): MaybePromise<void> {
  return goOn(organizationOf(request), ({ data }) => {
    if (data.edition === 'STANDARD') throw new WireError(forbidden('Expiry of API keys requires the premium edition'));
  });
}

/** An organization, as `GET /v1/orgs/self` shows it. */
export function toOrganizationView({ id, createdAt, data }: Resource<Organization>): OrganizationView {
  return { ...data, id, created_at: toIsoSeconds(createdAt) };
}

/** An organization inside a user. Recorded: the same fields, but these two are always null. */
export function toEmbeddedView(organization: Resource<Organization>): OrganizationView {
  return { ...toOrganizationView(organization), rockset_user: null, currency_code: null };
}

/** An organization inside a membership, in most answers: only its id, and two fields that are never null. FIDELITY: Users. */
export function toBareView(id: string): OrganizationView {
  return {
    id,
    created_at: null,
    display_name: null,
    company_name: null,
    external_id: null,
    rockset_user: null,
    always_gen2_vis: null,
    always_intel_ice_lake_vis: null,
    general_purpose_instance_class_allowed: false,
    use_zstd_compression_default: false,
    state: null,
    edition: null,
    mfa_restricted: null,
    currency_code: null,
    deletion_scheduled_at: null,
    clusters: [],
    aws_marketplace_customer_id: null,
    sso_connection: null,
    sso_only: null,
  };
}
