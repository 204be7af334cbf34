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

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
