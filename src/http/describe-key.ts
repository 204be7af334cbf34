import type { ApiKey } from '../core/api-key.ts';

/**
 * What `ANY /authorize/<provider>` tells a proxy of an accepted key, for the service behind it; an upstream is told the same.
 * Values are percent-encoded, as names may be of any script.
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

/** Half of a surrogate pair has no encoding: it becomes the character for that. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
