import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The first byte of a notification, in the messages of PostgreSQL to its clients. */
const notification = 'A'.charCodeAt(0);

/** A way to a PostgreSQL on which notifications are lost, as behind a pooler that hands connections to others. */
export async function deafTo(url: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const target = new URL(url);
  const [port, host] = [Number(target.port || 5432), target.hostname];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(port, host);
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
    client.on('data', (bytes) => database.write(bytes));
    database.on(
      'data',
      withoutNotifications((bytes) => client.write(bytes)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  target.hostname = '127.0.0.1';
  target.port = String(address.port);
  return {
    url: target.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Passes messages on, one by one, but for notifications. */
function withoutNotifications(pass: (message: Buffer) => void): (bytes: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= 5) {
      const length = 1 + waiting.readUInt32BE(1);
      if (waiting.length < length) return;
      if (waiting[0] !== notification) pass(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  };
}
