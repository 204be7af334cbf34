import { Client } from 'pg';
import { expect, test } from 'vitest';
import { makeEmptyDatabase, urlOfDatabase } from '../support/empty-database.ts';
import { emptyDatabase, testServer } from '../support/postgres.ts';

test('each test gets an empty database of its own, with fsync on', async () => {
  const [one, other] = [await emptyDatabase(), await emptyDatabase()];
  await ask(one, 'CREATE TABLE kept ()');
  expect(one).not.toBe(other);
  expect(await ask(one, `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ n: 1 }]);
  expect(await ask(other, `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ n: 0 }]);
  expect(await ask(one, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
});

test('which is gone afterwards, even if somebody is still connected', async () => {
  const database = await makeEmptyDatabase(testServer());
  const client = new Client(database.url);
  // It says so twice: PostgreSQL's own word, then the end of the connection.
  client.on('error', () => undefined);
  const broken = new Promise<void>((resolve) => client.once('end', resolve));
  await client.connect();
  await database.drop();
  await broken;
  const left = await ask(testServer(), `SELECT count(*)::int AS n FROM pg_database WHERE datname = '${database.name}'`);
  expect(left).toEqual([{ n: 0 }]);
});

test.each([
  ['postgres://me@/postgres?host=/tmp', 'postgres://me@/other?host=/tmp'],
  ['postgres://me@/?host=/tmp', 'postgres://me@/other?host=/tmp'],
  ['postgresql://me:word@localhost:5432/postgres', 'postgresql://me:word@localhost:5432/other'],
  ['postgres://localhost', 'postgres://localhost/other'],
])('%s names the server of %s', (server, url) => {
  expect(urlOfDatabase(server, 'other')).toBe(url);
});

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  const { rows }: { rows: unknown[] } = await client.query(statement);
  await client.end();
  return rows;
}
