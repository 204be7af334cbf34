import { describe, expect, test } from 'vitest';
import { organizations } from '../../../../../src/providers/rockset/accounts/organizations/organizations.ts';
import { emulatorForTests } from '../../../../support/emulator.ts';
import { admin, expectError, member, reader } from '../../rockset.ts';

const lk = emulatorForTests();
const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);

const cluster =
  '{"public_endpoint_disabled":false,"private_link_enabled":false,"private_link_url":null,' +
  '"id":"00000000-0000-4000-8000-000000000001","cluster_type":"PUBLIC","aws_region":"us-west-2","domain":"rockset",' +
  '"top_level_domain":"com","apiserver_url":"api.usw2a1.rockset.com","gen2_vis_available":null,' +
  '"intel_ice_lake_vis_available":true,"gen2_vis_enabled":null,"intel_ice_lake_vis_enabled":false}';

const organization = (rocksetUser: string, currency: string) =>
  '{"id":"acme","created_at":"2030-01-01T00:00:00Z","display_name":"Acme","company_name":"Acme",' +
  `"external_id":"${'61636d65'.repeat(8)}","rockset_user":${rocksetUser},"always_gen2_vis":null,` +
  '"always_intel_ice_lake_vis":false,"state":"PAID","edition":"PREMIUM","mfa_restricted":null,' +
  `"currency_code":${currency},"deletion_scheduled_at":null,"clusters":[${cluster}],"aws_marketplace_customer_id":null}`;

describe('GET /', () => {
  test('the ping needs no key, and is below the prefix too', async () => {
    for (const path of ['/', '/rockset', '/rockset/']) {
      const answer = await lk.request.get(path).expect(200);
      expect(answer.text).toBe('{"message":"GO ROCKSET!"}');
      expect(answer.headers['content-type']).toBe('application/json');
    }
  });

  test('a key that is not good does not matter', async () => {
    await get('/', 'ApiKey nothing').expect(200);
  });
});

describe('GET /v1/orgs/self', () => {
  test('the organization is wrapped, with the fifteen fields of May 2023 in wire order', async () => {
    const answer = await get('/v1/orgs/self').expect(200);
    expect(answer.text).toBe(`{"data":${organization('"arn:aws:iam::000000000000:user/rockset"', '"USD"')}}`);
  });

  test('without a key it is refused', async () => {
    expectError(await lk.request.get('/v1/orgs/self'), 401, 'AUTHEXCEPTION', 'Authorization header is missing');
  });

  test('an organization that is gone is not found', async () => {
    await lk.world.resources('rockset').remove(organizations, 'acme');
    expectError(await get('/v1/orgs/self'), 404, 'NOTFOUND', 'Organization "acme" not found');
  });
});

describe('GET /v1/orgs/self/users/self', () => {
  test('the user is not wrapped, and all thirteen fields are there in wire order', async () => {
    const answer = await get('/v1/orgs/self/users/self', member).expect(200);
    const embedded = organization('null', 'null');
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
    expectError(answer, 401, 'AUTHEXCEPTION', 'Authorization header is missing');
  });
});
