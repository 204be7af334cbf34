import type { FastifyRequest } from 'fastify';
import { toIsoSeconds } from '../../../../clock.ts';
import { type Resource, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import { forbidden, notFound } from '../../wire/errors.ts';
import type { OrganizationView } from './account-schemas.ts';

/** An organization; its resource has the same id as the tenant that it is. */
export type Organization = Omit<OrganizationView, 'id' | 'created_at'>;

export const organizations = resourceKind<Organization>('organization');

/** The organization of the key that authenticated. Throws the 404 when there is none, which no seed brings about. */
export async function organizationOf(request: FastifyRequest): Promise<Resource<Organization>> {
  const { tenant } = request.apiKey;
  const organization = await request.resources.get(organizations, tenant);
  if (organization === undefined) throw new WireError(notFound(`Organization "${tenant}" not found`));
  return organization;
}

/** An expiry "requires premium", says the specification. Throws the 403 for an organization below that edition. */
export async function requirePremium(request: FastifyRequest): Promise<void> {
  const { data } = await organizationOf(request);
  if (data.edition === 'STANDARD') throw new WireError(forbidden('Expiry of API keys requires the premium edition'));
}

/** An organization, as `GET /v1/orgs/self` shows it. */
export function toOrganizationView({ id, createdAt, data }: Resource<Organization>): OrganizationView {
  return { ...data, id, created_at: toIsoSeconds(createdAt) };
}

/** An organization inside a user: recorded with the same fields, these two always null. */
export function toEmbeddedView(organization: Resource<Organization>): OrganizationView {
  return { ...toOrganizationView(organization), rockset_user: null, currency_code: null };
}

/** What most answers leave of an organization inside a membership: its id. FIDELITY: Users. */
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
    general_purpose_instance_class_allowed: null,
    use_zstd_compression_default: null,
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
