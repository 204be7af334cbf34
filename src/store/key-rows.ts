import type { Instant } from '../clock.ts';
import type { ApiKey, KeyState } from '../core/api-key.ts';
import type { KeyFilter } from '../core/key-store.ts';

/** A row of `api_keys` as SQLite gives it. */
export interface KeyRow {
  readonly hash: Buffer;
  readonly provider: string;
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly kind: ApiKey['kind'];
  readonly name: string | null;
  readonly hint: string;
  readonly state: KeyState;
  readonly grants: string;
  readonly attributes: string;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly expires_at: Instant | null;
  readonly last_used_at: Instant | null;
  readonly revoked_at: Instant | null;
}

export const keyColumns =
  'hash, provider, id, tenant, owner, kind, name, hint, state, grants, attributes, created_at, updated_at, expires_at, last_used_at, revoked_at';

export const insertKeySql = `
  INSERT INTO api_keys (${keyColumns}, secret, seq)
  VALUES (unhex(@hash), @provider, @id, @tenant, @owner, @kind, @name, @hint, @state, @grants, @attributes, @createdAt, @updatedAt,
    @expiresAt, @lastUsedAt, @revokedAt, @keptSecret, (SELECT coalesce(max(seq), 0) + 1 FROM api_keys))
  ON CONFLICT (hash, provider) DO NOTHING`;

export const updateKeySql = `
  UPDATE api_keys SET name = @name, state = @state, grants = @grants, attributes = @attributes, updated_at = @updatedAt,
    expires_at = @expiresAt, last_used_at = @lastUsedAt, revoked_at = @revokedAt
  WHERE id = @id`;

/** Which condition each part of a filter becomes. */
const conditions: { readonly [P in keyof Required<KeyFilter>]: string } = {
  hash: 'hash = unhex(@hash)',
  id: 'id = @id',
  provider: 'provider = @provider',
  tenant: 'tenant = @tenant',
  owner: 'owner = @owner',
  name: 'name = @name',
  kind: 'kind = @kind',
  hint: 'hint = @hint',
  states: 'state IN (SELECT value FROM json_each(@states))',
  expiryBefore: 'expires_at < @expiryBefore',
  noExpiryBefore: '(expires_at IS NULL OR expires_at >= @noExpiryBefore)',
};
const parts = Object.entries(conditions);

/** The condition that a filter stands for; its values are bound by `filterParameters`. */
export function filterCondition(filter: KeyFilter): string {
  const given = parts.filter(([part]) => Reflect.get(filter, part) !== undefined);
  return given.length === 0 ? 'true' : given.map(([, condition]) => condition).join(' AND ');
}

export function filterParameters(filter: KeyFilter): object {
  return filter.states === undefined ? filter : { ...filter, states: JSON.stringify(filter.states) };
}

/** Most keys have no grants or attributes of their own: those need no parsing. */
const noEntries = Object.freeze({});

export function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    provider: row.provider,
    tenant: row.tenant,
    owner: row.owner,
    kind: row.kind,
    name: row.name,
    hint: row.hint,
    hash: row.hash.toString('hex'),
    state: row.state,
    grants: row.grants === '{}' ? noEntries : JSON.parse(row.grants),
    attributes: row.attributes === '{}' ? noEntries : JSON.parse(row.attributes),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

export function keyParameters(key: ApiKey): object {
  return { ...key, grants: JSON.stringify(key.grants), attributes: JSON.stringify(key.attributes) };
}
