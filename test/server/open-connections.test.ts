import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTestEmulator } from '../support/emulator.ts';

test('an emulator stops at once while a client has a connection on which it has asked nothing yet', async () => {
  const lk = await startTestEmulator({ ownPorts: ['estuary'] });
  const sockets = [lk.url, lk.providerUrls.get('estuary') ?? ''].map((url) => connect(Number(new URL(url).port), '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const closed = sockets.map((socket) => once(socket, 'close'));
  // Once the server answers on a later connection, it knows of the earlier ones.
  await lk.request.get('/health').expect(200);
  await fetch(`${lk.providerUrls.get('estuary')}/health`);
  await lk.close();
  await Promise.all(closed);
});

test('a request that is being answered gets its answer before the emulator stops, then its connection is closed', async () => {
  const lk = await startTestEmulator();
  await lk.request.post('/_latchkey/faults').send({ effect: { delay: '100ms' } });
  const { promise: hit, resolve } = Promise.withResolvers<void>();
  lk.world.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
  const answer = fetch(`${lk.url}/health`);
  await hit;
  const stopped = lk.close();
  expect((await answer).status).toBe(200);
  await stopped;
});
