import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, alice, bearer, createKey, missingCredential } from '../../estuary.ts';

const older =
  '"settings":{"replication":6,"verified":true,"dealDuration":1494720,"maxStagingWait":28800000000000,"fileStagingThreshold":3835271577,"contentAddingDisabled":false,"dealMakingDisabled":false,"uploadEndpoints":["http://localhost:3004/content/add"],"flags":0}';
const newer =
  '"settings":{"replication":6,"verified":true,"dealDuration":1494720,"fileStagingThreshold":1100000000,"contentAddingDisabled":false,"dealMakingDisabled":false,"uploadEndpoints":["http://localhost:3004/content/add"],"flags":0}';

describe.each([
  ['v0.1.11', older],
  ['v0.1.10', older],
  ['v0.4', newer],
])('GET /viewer in %s', (profile, settings) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });

  test("200: the user, the calling key's expiry and the settings, in wire order", async () => {
    const answer = await lk.request.get('/viewer').set('Authorization', alice).expect(200);
    expect(answer.text).toBe(
      `{"username":"alice","perms":2,"id":2,"address":"\\u003cempty\\u003e","auth_expiry":"2031-01-01T00:00:00Z",${settings}}\n`,
    );
    expect(answer.body.address).toBe('<empty>');
  });

  test('200: perms is the level of the user, not of the key', async () => {
    const { token } = await createKey(lk, '?perms=upload&expiry=1h');
    const { body } = await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
    expect(body).toMatchObject({ username: 'alice', perms: 2, auth_expiry: '2030-01-01T01:00:00Z' });
    const { body: first } = await lk.request.get('/viewer').set('Authorization', admin).expect(200);
    expect(first).toMatchObject({ username: 'admin', perms: 100, id: 1 });
  });

  test('200: the address, miners and flags of a user are shown if they are set, and whether contents may be added', async () => {
    const facts = { address: 'f1abc', miners: ['f01234', 'f05678'], flags: 3, storageDisabled: true };
    await lk.world.resources('estuary').change(users, '2', (user) => ({ ...user, ...facts }));
    const answer = await lk.request.get('/viewer').set('Authorization', alice).expect(200);
    const changed = settings.replace('"contentAddingDisabled":false', '"contentAddingDisabled":true');
    expect(answer.text).toBe(
      `{"username":"alice","perms":2,"id":2,"address":"f1abc","miners":["f01234","f05678"],"auth_expiry":"2031-01-01T00:00:00Z",${changed.replace('"flags":0', '"flags":3')}}\n`,
    );
  });

  test('401 without a credential', async () => {
    expect((await lk.request.get('/viewer').expect(401)).text).toBe(missingCredential);
  });
});
