import type { ApiKey } from '../../../core/api-key.ts';

/** The organisation of WhyLabs itself. Its keys have every external scope, and the internal ones that they were given. */
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

/** The scopes that v1 accepts for a new key. */
export const customerScopes: ReadonlySet<string> = new Set(externalScopes);

/** The scopes that v0 accepts for a new key of any organisation. */
export const knownScopes: ReadonlySet<string> = new Set([...externalScopes, ...internalScopes]);

/** Whether one of these scopes is effective for a key. Internal scopes of customers' keys are stored, but have no effect. */
export function hasScope(key: ApiKey, ...wanted: readonly string[]): boolean {
  const effective = effectiveScopes(key);
  return wanted.some((scope) => effective.includes(scope));
}

/** Whether a key is a super administrator's, and may act on any organisation. */
export function isSuperAdmin(key: ApiKey): boolean {
  return hasScope(key, ...internalScopes);
}

function effectiveScopes({ tenant, grants: { scopes = [] } }: ApiKey): readonly string[] {
  if (tenant === superAdminOrg) return [...externalScopes, ...scopes];
  return [':authenticated', ...scopes.filter((scope) => externalScopes.includes(scope))];
}
