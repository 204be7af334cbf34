import { Client } from 'pg';
import { makeEmptyDatabase, runStatement } from '../support/empty-database.ts';
import { testServer } from '../support/postgres.ts';

/** Makes an empty database, and gives its URL. */
export async function emptyDatabase(): Promise<string> {
  return (await makeEmptyDatabase(testServer())).url;
}

/** Removes a database with everything in it, whoever is connected. */
export async function dropDatabase(url: string): Promise<void> {
  const [, name] = /postgres(?:ql)?:\/\/[^/]*\/([^?]*)/.exec(url) ?? [];
  await runStatement(testServer(), `DROP DATABASE ${name} WITH (FORCE)`);
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
