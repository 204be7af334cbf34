import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { deploymentId, deploymentOf, deployments } from '../../../../src/providers/kps/accounts/deployment.ts';
import { emulatorForTests, epoch, startTestEmulator } from '../../emulator.ts';
import { admin, adminId, adminToken, alice, aliceId, aliceToken, create, logIn } from '../kps.ts';

const lk = emulatorForTests();
const verified = async (token: string) => {
  const { signingSecret } = await deploymentOf(lk.world.resources('kps'));
  return jwtVerify(token, new TextEncoder().encode(signingSecret), { currentDate: new Date(epoch) });
};

test('an API token is a JWT with claims in alphabetical order, its own id, a type, and no expiry', async () => {
  const { id, token } = await create(lk.request, alice);
  const { payload } = await verified(token);
  expect(token.split('.')[0]).toBe('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9');
  expect(JSON.stringify(payload)).toBe(
    `{"email":"alice@example.com","id":"${aliceId}","name":"Alice","nbf":1444478400,"roles":[],"scopes":[],` +
      `"specialRole":"none","tenantId":"tid-demo","tokenId":"${id}","type":"api"}`,
  );
});

test('the claims of an infra admin say admin', async () => {
  const { payload } = await verified((await create(lk.request, admin)).token);
  expect(payload).toMatchObject({ id: adminId, specialRole: 'admin' });
});

test('the seeded tokens are the same in every world, and signed with the secret of the seed', async () => {
  const other = await startTestEmulator();
  try {
    const credentials = (await other.world.credentials()).get('kps');
    expect(credentials?.map(({ secret }) => secret)).toEqual([adminToken, aliceToken, null]);
  } finally {
    await other.close();
  }
  expect((await verified(aliceToken)).payload).toMatchObject({ email: 'alice@example.com', type: 'api' });
});

test('the signing secret is a setting of the world', async () => {
  const signingSecret = 'another secret, chosen by a seed file';
  await lk.world.resources('kps').change(deployments, deploymentId, (found) => ({ ...found, signingSecret }));
  const { token } = await create(lk.request, alice);
  expect((await verified(token)).payload).toMatchObject({ type: 'api' });
  await lk.request.get('/v1.0/userapitokens').set('Authorization', `Bearer ${token}`).expect(200);
});

test('a seeded user without a token can log in and create one', async () => {
  const bob = (await lk.world.credentials()).get('kps')?.find(({ name }) => name === 'bob');
  expect(bob).toMatchObject({ secret: null, header: null, login: { email: 'bob@example.com', password: 'bob-password' } });
  await create(lk.request, await logIn(lk.request, 'bob'));
});

test('an empty world still has its first infra admin', async () => {
  await lk.world.reset('bootstrap');
  await lk.request.get('/v1.0/userapitokensall').set('Authorization', admin).expect(200);
  await lk.request.get('/v1.0/userapitokens').set('Authorization', alice).expect(401);
  await logIn(lk.request, 'admin');
});
