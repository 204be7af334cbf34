import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** The URL of a PostgreSQL whose user may make databases; undefined: there is none, and the tests that need one are skipped. */
export const postgresUrl = process.env['LATCHKEY_TEST_POSTGRES'];

/** Makes an empty database, and gives its URL. */
export async function emptyDatabase(): Promise<string> {
  if (postgresUrl === undefined) throw new Error('LATCHKEY_TEST_POSTGRES is not set');
  const name = `latchkey_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  return postgresUrl.replace(/(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

/** Removes a database with everything in it, whoever is connected. */
export async function dropDatabase(url: string): Promise<void> {
  const [, name] = /postgres(?:ql)?:\/\/[^/]*\/([^?]*)/.exec(url) ?? [];
  await administer(`DROP DATABASE ${name} WITH (FORCE)`);
}

/** Does a statement in a database, past latchkey. */
export async function queryDatabase<Row extends object>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
