import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, expectRefused, member, reader } from '../../rockset.ts';
import { organizationText } from '../organizations/organization-texts.ts';

const lk = emulatorForTests();
const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);

describe('GET /v1/orgs/self/users/self', () => {
  test('the user is not wrapped, and all thirteen fields are there in wire order', async () => {
    const answer = await get('/v1/orgs/self/users/self', member).expect(200);
    const embedded = organizationText('null', 'null');
    expect(answer.text).toBe(
      '{"created_at":"2030-01-01T00:00:00Z","email":"member@me.com","first_name":"Member","last_name":"Acme",' +
        '"phone_number":null,"roles":["member"],"state":"ACTIVE","org":"acme","invite_state":"ACCEPTED",' +
        `"orgs":[${embedded}],"org_memberships":[{"organization":${embedded},"roles":["member"],` +
        '"invite_state":"ACCEPTED","invited_by":"admin@me.com","email":null,"expires_at":"2030-01-02T00:00:00Z",' +
        '"created_at":"2030-01-01T00:00:00Z"}],"country":null,"accepted_marketing_content":null}',
    );
  });

  test.each([
    ['admin@me.com', 'admin', admin],
    ['reader@me.com', 'read-only', reader],
  ])('%s has the role %s', async (email, role, credential) => {
    const { body } = await get('/v1/orgs/self/users/self', credential).expect(200);
    expect(body).toMatchObject({ email, roles: [role] });
  });

  test('without a key it is refused', async () => {
    const answer = await lk.request.get('/v1/orgs/self/users/self');
    expectRefused(answer);
  });
});
