import type { ApiKey } from '../../../core/api-key.ts';

/** The organisation of WhyLabs itself. Its keys have every external scope, and internal ones if they were given. */
export const superAdminOrg = '0';

const internalScopes: readonly string[] = [':whylabs_administrator', ':whylabs_system'];
const externalScopes: readonly string[] = [
  ':account_administrator',
  ':administrator',
  ':authenticated',
  ':secure_container',
  ':user',
  ':write_data',
  ':write_notification',
  ':read_notification',
  ':write_resource',
  ':read_resource',
];

/** Scopes that a key may be created with by v1. */
export const customerScopes: ReadonlySet<string> = new Set(externalScopes);

/** Scopes that a key may be created with by v0, whatever its organisation. */
export const knownScopes: ReadonlySet<string> = new Set([...externalScopes, ...internalScopes]);

/** Whether a key has one of these scopes in effect. Internal scopes of customers' keys are stored and mean nothing. */
export function hasScope(key: ApiKey, ...wanted: readonly string[]): boolean {
  const effective = effectiveScopes(key);
  return wanted.some((scope) => effective.includes(scope));
}

/** Whether a key may act on any organisation. */
export function isSuperAdmin(key: ApiKey): boolean {
  return hasScope(key, ...internalScopes);
}

function effectiveScopes({ tenant, grants: { scopes = [] } }: ApiKey): readonly string[] {
  if (tenant === superAdminOrg) return [...externalScopes, ...scopes];
  return [':authenticated', ...scopes.filter((scope) => externalScopes.includes(scope))];
}
