import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { CuttableProxy } from '../../.ci/coherence/proxy.ts';
import { portWith } from '../support/servers.ts';

test('passes on what both sides say', async () => {
  const { client } = await connected();
  client.write('one');
  expect(await next(client)).toBe('one, heard');
});

test('makes it late in both directions', async () => {
  const { client } = await connected(40);
  const begun = performance.now();
  client.write('one');
  expect(await next(client)).toBe('one, heard');
  expect(performance.now() - begun).toBeGreaterThanOrEqual(80);
});

test('is silent, and then passes on what was said meanwhile', async () => {
  const { client, proxy, heard } = await connected();
  proxy.silence();
  client.write('one');
  // Another connection is heard meanwhile by another proxy: whatever is passed on at once has been by then.
  const other = await connected();
  other.client.write('two');
  await next(other.client);
  expect(heard).toEqual([]);
  proxy.speak();
  expect(await next(client)).toBe('one, heard');
});

test('passes on what was said by somebody who hung up during the silence', async () => {
  const { client, proxy, heard, ends } = await connected();
  proxy.silence();
  client.end('one');
  await once(client, 'close');
  proxy.speak();
  await ends.next();
  expect(heard).toEqual(['one']);
});

test('cuts connections, and accepts new ones', async () => {
  const { client, proxy } = await connected();
  proxy.cut();
  await once(client, 'close');
  const again = await connectTo(proxy);
  again.write('two');
  expect(await next(again)).toBe('two, heard');
});

test('refuses new connections until it listens again, at the same port', async () => {
  const { client, proxy } = await connected();
  const closed = once(client, 'close');
  await proxy.refuse();
  await closed;
  await expect(connectTo(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await proxy.listen();
  const again = await connectTo(proxy);
  again.write('two');
  expect(await next(again)).toBe('two, heard');
});

test('breaks a connection to a server that is not there', async () => {
  const proxy = await listening(new CuttableProxy({ port: 1, host: '127.0.0.1' }));
  const client = await connectTo(proxy);
  await once(client, 'close');
});

/** A client of a proxy of a server that says what it has heard. */
async function connected(latencyMs?: number) {
  const heard: string[] = [];
  const ended: (() => void)[] = [];
  const port = await portWith((socket) => {
    socket.on('data', (chunk) => {
      heard.push(String(chunk));
      socket.write(`${chunk}, heard`);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      for (const one of ended) one();
    });
  });
  const ends = { next: () => new Promise<void>((resolve) => ended.push(resolve)) };
  const proxy = await listening(new CuttableProxy({ port, host: '127.0.0.1' }, latencyMs));
  return { proxy, heard, ends, client: await connectTo(proxy) };
}

async function listening(proxy: CuttableProxy): Promise<CuttableProxy> {
  await proxy.listen();
  onTestFinished(() => proxy.refuse());
  return proxy;
}

async function connectTo({ port }: CuttableProxy): Promise<Socket> {
  const client = connect({ port, host: '127.0.0.1' });
  await once(client, 'connect');
  client.on('error', () => undefined);
  onTestFinished(() => void client.destroy());
  return client;
}

async function next(client: Socket): Promise<string> {
  const [chunk]: unknown[] = await once(client, 'data');
  return String(chunk);
}
