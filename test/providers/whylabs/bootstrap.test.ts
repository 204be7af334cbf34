import { expect, test } from 'vitest';
import { emulatorForTests } from '../emulator.ts';
import { expectSilent, keysOf, system, user, validatePath } from './whylabs.ts';

const lk = emulatorForTests();
const as = (key: string, method: 'get' | 'post' | 'put' | 'delete', path: string) =>
  lk.request[method](path).set('X-API-Key', key);

test('the system key and the API suffice to make a key that may do what its scopes allow and nothing else', async () => {
  await lk.world.reset('bootstrap');
  await as(user, 'get', validatePath).expect(403);

  const orgQuery = '?name=Acme&subscription_tier=PAID&email_domains=acme.com&override_id=org-acme';
  const { id: org } = (await as(system, 'post', `/v0/organizations${orgQuery}`).expect(200)).body;
  const owner = (await as(system, 'post', '/v0/user').send({ email: 'owner@acme.com' }).expect(200)).body;
  const worker = (await as(system, 'post', '/v0/user').send({ email: 'worker@acme.com' }).expect(200)).body;
  await as(system, 'post', '/v0/membership').send({ orgId: org, email: owner.email, role: 'ADMIN', default: true }).expect(200);

  // The owner's key makes the rest: a member, a key for the member, and by v1 a key that may only read models.
  const ownerQuery = `?user_id=${owner.userId}&scopes=:administrator&alias=owner`;
  const ownerKey = (await as(system, 'post', `${keysOf(org)}${ownerQuery}`).expect(200)).body.key;
  const memberQuery = `?email=${worker.email}&role=MEMBER`;
  await as(ownerKey, 'post', `/v0/organizations/${org}/membership${memberQuery}`).expect(200);
  const workerQuery = `?user_id=${worker.userId}&scopes=:user`;
  const workerKey = (await as(ownerKey, 'post', `${keysOf(org)}${workerQuery}`).expect(200)).body.key;
  const narrow = (await as(ownerKey, 'post', '/v1/api-key?scopes=:read_resource&alias=reader').expect(200)).body;

  const members = (await as(ownerKey, 'get', `/v0/organizations/${org}/membership`).expect(200)).body.memberships;
  expect(members.map(({ email, role }: { email: string; role: string }) => [email, role])).toEqual([
    ['owner@acme.com', 'ADMIN'],
    ['worker@acme.com', 'MEMBER'],
  ]);

  // The member's key may list models, and the member's own keys.
  await as(workerKey, 'get', `/v0/organizations/${org}/models`).expect(200);
  await as(workerKey, 'get', `${keysOf(org)}?user_id=${worker.userId}`).expect(200);
  for (const path of [keysOf(org), `${keysOf(org)}?user_id=${owner.userId}`, '/v1/api-key', '/v0/organizations']) {
    expectSilent(await as(workerKey, 'get', path), 403);
  }

  // The narrow key may only list models; it may not write or manage anything.
  await as(narrow.key, 'get', validatePath).expect(200);
  await as(narrow.key, 'get', `/v0/organizations/${org}/models`).expect(200);
  expectSilent(await as(narrow.key, 'get', '/v0/organizations/0/models'), 403);
  expectSilent(await as(narrow.key, 'post', `${keysOf(org)}?user_id=${worker.userId}`), 403);
  expectSilent(await as(narrow.key, 'post', '/v1/api-key'), 403);
  expectSilent(await as(narrow.key, 'get', `/v0/organizations/${org}/membership`), 403);
  expectSilent(await as(narrow.key, 'post', '/v0/user').send({ email: 'x@acme.com' }), 403);
  expectSilent(await as(narrow.key, 'post', `/v0/organizations/${org}/models`), 403);

  await as(ownerKey, 'delete', `/v1/api-key?key_id=${narrow.keyId}`).expect(200);
  expectSilent(await as(narrow.key, 'get', validatePath), 403);
});
