import { expect, test } from 'vitest';
import { builtInSeeds, type Seeds } from '../../src/worlds/seeds.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { explainedLast } from './explained.ts';

let reads = 0;
const counted: Seeds = {
  read: (...asked) => {
    reads += 1;
    return builtInSeeds.read(...asked);
  },
};
const lk = emulatorForTests({ seeds: counted });

/** The explanation of a request with the key in a header that the provider does not read, and how often it read a seed. */
async function explained() {
  const before = reads;
  await lk.request.get('/viewer').set('X-API-Key', 'unknown').expect(401);
  return { explanation: await explainedLast(lk), reads: reads - before };
}

const explanation: unknown = expect.objectContaining({
  sentence: 'estuary cannot read the credential in the header x-api-key (unk…): send Authorization: Bearer <key>.',
});

test('explanations read the seed once for what the world holds', async () => {
  const first = await explained();
  expect(first).toEqual({ explanation, reads: expect.any(Number) });
  expect(first.reads).toBeGreaterThan(0);
  for (let index = 0; index < 5; index++) expect(await explained()).toEqual({ explanation, reads: 0 });

  await lk.request.post('/_latchkey/reset').send({}).expect(200);
  expect(await explained()).toEqual({ explanation, reads: first.reads });
  expect(await explained()).toEqual({ explanation, reads: 0 });
});

test('after a snapshot without the seeded keys they name none', async () => {
  await lk.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
  const named = await lk.world.presented();
  const { body: empty } = await lk.request.get('/_latchkey/snapshot').responseType('blob').expect(200);
  await lk.request.post('/_latchkey/reset').send({}).expect(200);
  expect((await lk.world.presented()).get('rockset')?.name).toBe('admin');
  await lk.request.put('/_latchkey/snapshot').type('application/vnd.sqlite3').send(empty).expect(200);
  expect(await lk.world.presented()).toEqual(named);
});
