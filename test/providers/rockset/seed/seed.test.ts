import { expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, member, ownKeys, reader, secrets } from '../rockset.ts';

const lk = emulatorForTests();

test('the credentials of the seed have the real shape, differ in their first characters, and all work', async () => {
  const credentials = (await lk.world.credentials()).get('rockset');
  expect(credentials).toEqual([
    {
      name: 'admin',
      secret: secrets.admin,
      header: { name: 'Authorization', value: admin },
      description: 'admin@me.com of acme, role admin',
    },
    {
      name: 'member',
      secret: secrets.member,
      header: { name: 'Authorization', value: member },
      description: 'member@me.com of acme, role member',
    },
    {
      name: 'reader',
      secret: secrets.reader,
      header: { name: 'Authorization', value: reader },
      description: 'reader@me.com of acme, role read-only',
    },
  ]);
  for (const { secret, header } of credentials ?? []) {
    expect(secret).toMatch(/^[A-Za-z0-9]{64}$/);
    await lk.request
      .get(ownKeys)
      .set('Authorization', header?.value ?? '')
      .expect(200);
  }
});

test('seeded keys do not expire', async () => {
  lk.world.clock.advance(100 * 365 * 24 * 3_600_000);
  await lk.request.get(ownKeys).set('Authorization', reader).expect(200);
});

test('the bootstrap seed has only the administrator', async () => {
  await lk.world.reset('bootstrap');
  await lk.request.get('/v1/orgs/self').set('Authorization', admin).expect(200);
  await lk.request.get('/v1/orgs/self').set('Authorization', member).expect(401);
  await lk.request.get('/v1/orgs/self').set('Authorization', reader).expect(401);
});
