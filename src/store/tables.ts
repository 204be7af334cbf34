/**
 * The tables of a world and their columns, by name: what is copied from somebody else's file is asked for by these names
 * alone. The first column is the one that names a row.
 */
export const tables = {
  api_keys: [
    'seq',
    'hash',
    'provider',
    'id',
    'tenant',
    'owner',
    'kind',
    'name',
    'hint',
    'secret',
    'state',
    'grants',
    'attributes',
    'created_at',
    'updated_at',
    'expires_at',
    'last_used_at',
    'revoked_at',
  ],
  resources: ['seq', 'provider', 'kind', 'id', 'tenant', 'name', 'created_at', 'data'],
  seedings: ['provider', 'seeded_at'],
} as const;

export type Table = keyof typeof tables;

/** The names of the tables, in the order in which they are copied. */
export const tableNames: readonly Table[] = ['api_keys', 'resources', 'seedings'];

/** Reads every row of a table, in order, with its columns by name. */
export function selectAllSql(table: Table): string {
  return `SELECT ${tables[table].join(', ')} FROM ${table} ORDER BY ${tables[table][0]}`;
}

/** Inserts a row of a table: a value for each column, in order. */
export function insertRowSql(table: Table): string {
  const columns: readonly string[] = tables[table];
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** Removes every row of every table. */
export const emptyAllSql = tableNames.map((table) => `DELETE FROM ${table};`).join(' ');

/** A row of `resources`, in the order of its columns. */
export type ResourceRow = readonly [
  seq: number,
  provider: string,
  kind: string,
  id: string,
  tenant: string,
  name: string | null,
  createdAt: number,
  data: string,
];
