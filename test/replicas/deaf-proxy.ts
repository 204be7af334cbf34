import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The first byte of a notification, in the messages of PostgreSQL to its clients. */
const notification = 'A'.charCodeAt(0);

/** A way to a PostgreSQL on which notifications are lost, as behind a pooler that hands connections to others. */
export async function deafTo(url: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  // Not by `URL`, which knows no address without a host: that of a socket.
  const [, user = '', host = '', port = '5432', database = '', folder] =
    /^postgres:\/\/([^@]*)@([^/:]*)(?::(\d+))?\/([^?]*)(?:\?host=(.*))?$/.exec(url) ?? [];
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = folder === undefined ? connect(Number(port), host) : connect(`${folder}/.s.PGSQL.${port}`);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
    client.on('data', (bytes) => server.write(bytes));
    server.on(
      'data',
      withoutNotifications((bytes) => client.write(bytes)),
    );
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `postgres://${user}@127.0.0.1:${address.port}/${database}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
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
