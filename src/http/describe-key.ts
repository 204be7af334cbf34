import type { ApiKey } from '../core/api-key.ts';

/**
 * The headers that describe an accepted key: `ANY /authorize/<provider>` gives them to a proxy, for the service behind it, and
 * an upstream gets the same. Values are percent-encoded, because names may be in any script.
 */
export function describeKey({ id, provider, tenant, owner, name, grants }: ApiKey): Readonly<Record<string, string>> {
  return {
    'x-latchkey-provider': provider,
    'x-latchkey-key': id,
    'x-latchkey-tenant': encoded(tenant),
    'x-latchkey-owner': encoded(owner),
    ...(name !== null && { 'x-latchkey-name': encoded(name) }),
    ...(grants.roles !== undefined && { 'x-latchkey-roles': grants.roles.map(encoded).join(',') }),
    ...(grants.scopes !== undefined && { 'x-latchkey-scopes': grants.scopes.map(encoded).join(',') }),
  };
}

/** Half of a surrogate pair cannot be encoded: it becomes U+FFFD. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
