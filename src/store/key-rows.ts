import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyState } from '../core/key-state.ts';
import type { KeyFilter, RevealedKey } from '../core/key-store.ts';
import { parseFrozen } from './parse-frozen.ts';
import { bound } from './prepared.ts';

/** A row of `api_keys` in the order of `keyColumns`. An array, since SQLite makes one faster than an object. */
export type KeyRow = readonly [
  seq: number,
  hash: string,
  provider: string,
  id: string,
  tenant: string,
  owner: string,
  kind: ApiKey['kind'],
  name: string | null,
  hint: string,
  state: KeyState,
  grants: string,
  attributes: string,
  createdAt: Instant,
  updatedAt: Instant,
  expiresAt: Instant | null,
  lastUsedAt: Instant | null,
  revokedAt: Instant | null,
];

/** The row of a key with the secret that was kept, read only where a provider shows it again. */
export type RevealedRow = readonly [...KeyRow, secret: string | null];

export const keyColumns =
  'seq, lower(hex(hash)), provider, id, tenant, owner, kind, name, hint, state, grants, attributes, created_at, updated_at, expires_at, last_used_at, revoked_at';

const insertedColumns =
  'hash, provider, id, tenant, owner, kind, name, hint, state, grants, attributes, created_at, updated_at, expires_at, last_used_at, revoked_at, secret';
const insertedMarks = 'unhex(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?';

export const insertKeySql = `INSERT INTO api_keys (${insertedColumns}) VALUES (${insertedMarks}) ON CONFLICT DO NOTHING`;

/** Puts a key into a place, `seq`, which is bound first. */
export const putKeySql = `INSERT OR REPLACE INTO api_keys (seq, ${insertedColumns}) VALUES (?, ${insertedMarks})`;

export const updateKeySql = `
  UPDATE api_keys SET name = ?, state = ?, grants = ?, attributes = ?,
    created_at = ?, updated_at = ?, expires_at = ?, last_used_at = ?, revoked_at = ?
  WHERE seq = ?`;

/** The values that `insertKeySql` binds. Throws RangeError as `changedValues` does. */
export function insertedValues(key: ApiKey, keptSecret: string | null): unknown[] {
  assertExactInstants(key);
  // Without `changedValues`: putting lists together costs more than making one.
  return [
    key.hash,
    key.provider,
    key.id,
    key.tenant,
    key.owner,
    key.kind,
    key.name,
    key.hint,
    key.state,
    jsonOf(key.grants),
    jsonOf(key.attributes),
    key.createdAt,
    key.updatedAt,
    key.expiresAt,
    key.lastUsedAt,
    key.revokedAt,
    keptSecret,
  ];
}

/** The values that `updateKeySql` binds, before the `seq`. Throws RangeError for an instant that would not be stored exactly. */
export function changedValues(key: ApiKey): unknown[] {
  assertExactInstants(key);
  const { name, state, grants, attributes, createdAt, updatedAt, expiresAt, lastUsedAt, revokedAt } = key;
  return [name, state, jsonOf(grants), jsonOf(attributes), createdAt, updatedAt, expiresAt, lastUsedAt, revokedAt];
}

/** Most keys have no grants or no attributes. */
function jsonOf(entries: object): string {
  for (const _ in entries) return JSON.stringify(entries);
  return '{}';
}

export function assertExactInstants({ createdAt, updatedAt, expiresAt, lastUsedAt, revokedAt }: ApiKey): void {
  assertExact(createdAt);
  assertExact(updatedAt);
  if (expiresAt !== null) assertExact(expiresAt);
  if (lastUsedAt !== null) assertExact(lastUsedAt);
  if (revokedAt !== null) assertExact(revokedAt);
}

/** Throws RangeError for an instant that SQLite would not store exactly: NaN becomes NULL, which as an expiry means never. */
export function assertExact(instant: Instant): void {
  if (!Number.isSafeInteger(instant))
    throw new RangeError(`an instant must be a whole number of milliseconds within 2^53, not ${instant}`);
}

/** A key as it was read, and from its next use on with that. It is frozen, so that it can be remembered. */
export interface StoredKey {
  readonly seq: number;
  key: ApiKey;
  /** Null if it was not kept or not read. */
  readonly secret: string | null;
  /** The key with that, once it was asked for. */
  revealed: RevealedKey | undefined;
}

export function toStored(row: KeyRow | RevealedRow): StoredKey {
  const [seq, hash, provider, id, tenant, owner, kind, name, hint, state, grants, attributes, ...instants] = row;
  const [createdAt, updatedAt, expiresAt, lastUsedAt, revokedAt] = instants;
  const key: ApiKey = {
    id,
    provider,
    tenant,
    owner,
    kind,
    name,
    hint,
    hash,
    state,
    grants: parseFrozen(grants),
    attributes: parseFrozen(attributes),
    createdAt,
    updatedAt,
    expiresAt,
    lastUsedAt,
    revokedAt,
  };
  return { seq, key: Object.freeze(key), secret: row[17] ?? null, revealed: undefined };
}

/** The SQL condition for each part of a filter. `states` and `owners` have one that depends on their number, `text` one of several columns. */
const conditions: { readonly [P in keyof Omit<Required<KeyFilter>, 'states' | 'owners' | 'text'>]: string } = {
  hash: 'hash = unhex(?)',
  id: `id = ${bound}`,
  provider: `provider = ${bound}`,
  tenant: `tenant = ${bound}`,
  owner: `owner = ${bound}`,
  name: `name = ${bound}`,
  kind: `kind = ${bound}`,
  hint: `hint = ${bound}`,
  expiryBefore: `expires_at < ${bound}`,
  noExpiryBefore: `(expires_at IS NULL OR expires_at >= ${bound})`,
};
const parts = Object.entries(conditions);

/** The SQL condition for a filter, and the values that it binds. */
export function conditionOf(filter: KeyFilter): { sql: string; values: unknown[] } {
  let sql = 'true';
  const values: unknown[] = [];
  for (const [part, condition] of parts) {
    const value: unknown = Reflect.get(filter, part);
    if (value === undefined) continue;
    sql += ` AND ${condition}`;
    values.push(value);
  }
  if (filter.states !== undefined) {
    sql += ` AND state IN (${filter.states.map(() => bound).join(', ')})`;
    values.push(...filter.states);
  }
  if (filter.owners !== undefined) {
    const some = filter.owners.map(({ provider }) =>
      provider === undefined ? `owner = ${bound}` : `(owner = ${bound} AND provider = ${bound})`,
    );
    sql += ` AND (${some.join(' OR ') || 'false'})`;
    values.push(...filter.owners.flatMap(({ owner, provider }) => (provider === undefined ? [owner] : [owner, provider])));
  }
  if (filter.text !== undefined) {
    const text = filter.text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    sql += ` AND (${searched.map((column) => `instr(lower(${column}), ${bound}) > 0`).join(' OR ')})`;
    values.push(...searched.map(() => text));
  }
  return { sql, values };
}

const searched = ['name', 'owner', 'hint', 'id'];
