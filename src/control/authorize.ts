import type { ApiKey } from '../core/api-key.ts';

/**
 * What `ANY /authorize/<provider>` tells a proxy of an accepted key, for the service behind it. Values are percent-encoded,
 * as names may be of any script.
 */
export function describeKey({ id, provider, tenant, owner, name, grants }: ApiKey): Readonly<Record<string, string>> {
  return {
    'x-latchkey-provider': provider,
    'x-latchkey-key': id,
    'x-latchkey-tenant': encodeURIComponent(tenant),
    'x-latchkey-owner': encodeURIComponent(owner),
    ...(name !== null && { 'x-latchkey-name': encodeURIComponent(name) }),
    ...(grants.roles !== undefined && { 'x-latchkey-roles': grants.roles.map(encodeURIComponent).join(',') }),
    ...(grants.scopes !== undefined && { 'x-latchkey-scopes': grants.scopes.map(encodeURIComponent).join(',') }),
  };
}
