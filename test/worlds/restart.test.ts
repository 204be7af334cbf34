import supertest from 'supertest';
import { expect, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { serveCommand } from '../support/command.ts';

const pathOf = scratchFolder();
const flags = (name: string) => ['--db', pathOf(`${name}.sqlite`), '--log-level', 'warn'];

test.each(['SIGTERM', 'SIGKILL'] as const)('a command that was ended by %s leaves its worlds to the next one', async (signal) => {
  const first = await serveCommand(flags(signal));
  const issued = await supertest(first.url).post('/~shop/user/api-keys').set('Authorization', alice).expect(200);
  await supertest(first.url)
    .delete(`/~art/user/api-keys/${alice.slice(7)}`)
    .set('Authorization', alice)
    .expect(200);
  await first.stop(signal);
  const second = supertest((await serveCommand(flags(signal))).url);
  const { body } = await second.get('/_latchkey/worlds').expect(200);
  expect(body.worlds.map(({ name }: { name: string }) => name)).toEqual(['default', 'art', 'shop']);
  await second.get('/~shop/viewer').set('Authorization', `Bearer ${issued.body.token}`).expect(200);
  await second.get('/~art/viewer').set('Authorization', alice).expect(401);
  await second.get('/viewer').set('Authorization', alice).expect(200);
});
