import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { addReplicaRoutes } from '../../src/control/calls/replicas.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();

test('one process is one replica', async () => {
  const { body } = await lk.request.get('/_latchkey/replicas').expect(200);
  expect(body).toEqual({
    replicas: [
      { number: 0, version: '0.0.0-test', since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), isAnswering: true },
    ],
  });
  // The same in every world, which none is made for.
  expect((await lk.request.get('/~other/_latchkey/replicas').expect(200)).body).toEqual(body);
  expect(lk.worlds.names()).toEqual(['default']);
});

test('several processes are shown as they know each other', async () => {
  const app = Fastify().withTypeProvider<TypeBoxTypeProvider>();
  const processes = async () => [
    { number: 0, version: '1.0.0', since: 1_893_456_000_000, isThis: false },
    { number: 3, version: '1.1.0', since: 1_893_456_001_500, isThis: true },
  ];
  addReplicaRoutes(app, { sharing: { processes }, version: '1.1.0' });
  try {
    expect((await app.inject('/replicas')).json()).toEqual({
      replicas: [
        { number: 0, version: '1.0.0', since: '2030-01-01T00:00:00.000Z', isAnswering: false },
        { number: 3, version: '1.1.0', since: '2030-01-01T00:00:01.500Z', isAnswering: true },
      ],
    });
  } finally {
    await app.close();
  }
});
