import { expect, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { emulatorForTests, epoch } from '../support/emulator.ts';
import { Worker } from './parallel-worker.ts';

const lk = emulatorForTests();
const howMany = 16;
const leastRequests = 10_000;

test('16 concurrent workers, each in its own world, see nothing of each other: all of 10,000 answers are as predicted', async () => {
  const workers = Array.from({ length: howMany }, (_, index) => new Worker(`${lk.url}/~worker-${index}`, index + 1));
  const total = () => workers.reduce((sum, { requests }) => sum + requests, 0);
  await Promise.all(
    workers.map(async (worker, index) => {
      const neighbour = workers[(index + 1) % howMany];
      await worker.begin();
      while (total() < leastRequests) await worker.step(neighbour?.keys.map(({ token }) => token) ?? []);
      await worker.end();
    }),
  );
  expect(workers.flatMap(({ surprises }) => surprises)).toEqual([]);
  expect(total()).toBeGreaterThanOrEqual(leastRequests);
  expect(Math.min(...workers.map(({ requests }) => requests))).toBeGreaterThan(leastRequests / howMany / 4);

  // No worker used the default world, and it has not changed.
  expect(lk.world.clock.now()).toBe(epoch);
  expect(lk.world.journal.find({})).toEqual([]);
  const { body } = await lk.request.get('/user/api-keys').set('Authorization', alice).expect(200);
  expect(body).toHaveLength(1);
}, 120_000);
