import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { othersTurn } from '../../src/core/pieces.ts';

test('a turn of others is one for data that arrives while the arrival of other data is handled', async () => {
  const received: string[] = [];
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const clients: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      received.push(String(data));
      if (received.length > 1) return;
      // It is there before the first piece of work is done.
      clients[1]?.write('second');
      othersTurn().then(() => resolve([...received]));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = Object(server.address());
  for (let index = 0; index < 2; index++) {
    const accepted = once(server, 'connection');
    const client = connect(port, '127.0.0.1');
    clients.push(client);
    await Promise.all([once(client, 'connect'), accepted]);
  }
  try {
    clients[0]?.write('first');
    expect(await promise).toEqual(['first', 'second']);
  } finally {
    for (const client of clients) client.destroy();
    server.close();
  }
});
