import { expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  adminOnly,
  adminRequired,
  badUserId,
  bearer,
  create,
  expectUnauthorized,
  listed,
  maxReached,
  noRecord,
  tokensPath,
  usersPath,
} from '../kps.ts';

const lk = emulatorForTests();
const logIn = async (email: string, password: string) => {
  const { body } = await lk.request.post('/v1.0/login').send({ email, password }).expect(200);
  return bearer(body.token);
};

test('the provider’s API alone leads from the first infra admin to a token that does what a USER may', async () => {
  await lk.world.reset('bootstrap');
  const first = await logIn('admin@example.com', 'admin-password');

  // The first infra admin creates a second one, Ines, who deletes the first.
  const ines = { email: 'ines@plant.example', name: 'Ines', password: 'Pl@nt-0001', role: 'INFRA_ADMIN' };
  const available = `/v1.0/isemailavailable?email=${ines.email}`;
  expect((await lk.request.get(available).set('Authorization', first)).body).toEqual({ email: ines.email, available: true });
  await lk.request.post(usersPath).set('Authorization', first).send(ines).expect(200);
  const admin = await logIn(ines.email, ines.password);
  const { body: all } = await lk.request.get(usersPath).set('Authorization', admin).expect(200);
  const old = all.result.find(({ email }: { email: string }) => email === 'admin@example.com');
  await lk.request.delete(`${usersPath}/${old.id}`).set('Authorization', admin).expect(200, `{"id":"${old.id}"}\n`);
  expectUnauthorized(await lk.request.get(usersPath).set('Authorization', first));

  // Ines creates a USER for a pipeline, which creates its own token.
  const pipeline = { email: 'pipeline@plant.example', name: 'Pipeline', password: 'P1peline!', role: 'USER' };
  const { body: made } = await lk.request.post(usersPath).set('Authorization', admin).send(pipeline).expect(200);
  const issued = await create(lk.request, await logIn(pipeline.email, pipeline.password));
  expect(issued.userId).toBe(made.id);
  const by = bearer(issued.token);

  // The token may do what its user may do.
  expect(await listed(lk.request, by)).toMatchObject([{ id: issued.id, active: true }]);
  await lk.request.get(`${usersPath}/${made.id}`).set('Authorization', by).expect(200);
  const spare = await create(lk.request, by);
  expect((await lk.request.post(tokensPath).set('Authorization', by).send({})).text).toBe(maxReached);
  await lk.request.delete(`${tokensPath}/${spare.id}`).set('Authorization', by).expect(200, `{"id":"${spare.id}"}\n`);

  // It is refused everything else.
  const ofInes = all.result.find(({ email }: { email: string }) => email === ines.email).id;
  const refused = [
    [await lk.request.get('/v1.0/userapitokensall').set('Authorization', by), 403, adminOnly],
    [
      await lk.request
        .post(usersPath)
        .set('Authorization', by)
        .send({ ...pipeline, email: 'x@y' }),
      403,
      adminRequired,
    ],
    [await lk.request.delete(`${usersPath}/${ofInes}`).set('Authorization', by), 403, adminRequired],
    [await lk.request.get(`${usersPath}/${ofInes}`).set('Authorization', by), 404, noRecord(ofInes)],
    [await lk.request.put(`${tokensPath}/x`).set('Authorization', by).send({ userId: ofInes }), 400, badUserId],
  ] as const;
  for (const [answer, status, text] of refused) expect([answer.status, answer.text]).toEqual([status, text]);

  // Ines disables the token, and at last deletes its user.
  const put = { userId: made.id, active: false };
  await lk.request.put(`${tokensPath}/${issued.id}`).set('Authorization', admin).send(put).expect(200);
  expectUnauthorized(await lk.request.get(tokensPath).set('Authorization', by));
  await lk.request.delete(`${usersPath}/${made.id}`).set('Authorization', admin).expect(200);
  const { text } = await lk.request.get('/v1.0/userapitokensall').set('Authorization', admin).expect(200);
  expect(text).toBe('[]');
});
