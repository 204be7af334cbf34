import { onTestFinished } from 'vitest';
import { makeEmptyDatabase } from './empty-database.ts';

/**
 * The URL of an empty database of its own, which is dropped when the test ends. Without LATCHKEY_TEST_POSTGRES, which `.ci/postgres`
 * sets, the project `postgres` has no tests.
 */
export async function emptyDatabase(): Promise<string> {
  const database = await makeEmptyDatabase(testServer());
  onTestFinished(() => database.drop());
  return database.url;
}

/** The PostgreSQL that `.ci/postgres` started. */
export function testServer(): string {
  const server = process.env['LATCHKEY_TEST_POSTGRES'];
  if (server === undefined) throw new Error('a test that needs PostgreSQL belongs to test/replicas, and is run by .ci/postgres');
  return server;
}
