import { randomUUID } from 'node:crypto';
import { DatabaseError } from '../core/world-store.ts';
import type { Connections } from '../store/postgres/connections.ts';

/** What this process says to itself at its start. */
const helloChannel = 'latchkey_hello';
/** How long that may take, in milliseconds. */
const helloMs = 1000;

/**
 * Listens on some channels, and makes sure that what is said on another connection is heard: behind a pooler that hands connections to
 * others between transactions nothing is, though nobody refuses to listen. Throws DatabaseError, StorageError.
 */
export async function hearItself(
  connections: Connections,
  channels: readonly string[],
  heard: (channel: string, said: string) => void,
): Promise<void> {
  const hello = randomUUID();
  const hearing = Promise.withResolvers<boolean>();
  await connections.listen([...channels, helloChannel], (channel, said) => {
    if (channel !== helloChannel) heard(channel, said);
    else if (said === hello) hearing.resolve(true);
  });
  await connections.query('SELECT pg_notify($1, $2)', [helloChannel, hello]);
  const timer = setTimeout(() => hearing.resolve(false), helloMs);
  const hasHeard = await hearing.promise;
  clearTimeout(timer);
  if (hasHeard) return;
  throw new DatabaseError(
    `cannot use the database ${connections.shown}: what is said with NOTIFY is not heard there, as behind a pooler in the pool mode transaction: use the pool mode session, or connect to PostgreSQL itself`,
  );
}
