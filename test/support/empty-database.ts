import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own on a PostgreSQL server. */
export interface EmptyDatabase {
  readonly name: string;
  readonly url: string;
  /** Drops it, and ends whoever is connected. */
  drop(): Promise<void>;
}

/** Makes an empty database beside the one that the URL names, whose user must be allowed to. */
export async function makeEmptyDatabase(server: string): Promise<EmptyDatabase> {
  const name = `latchkey_${randomUUID().replaceAll('-', '')}`;
  await runStatement(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  return {
    name,
    url: urlOfDatabase(server, name),
    drop: () => runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The URL of another database of the same server. */
export function urlOfDatabase(server: string, name: string): string {
  // Not as a `URL`: that refuses one with a user and no host, which is how a Unix socket is named.
  return server.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${name}`);
}

/** Runs one statement on a connection of its own. */
export async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  // A connection that breaks while nothing is asked of it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
