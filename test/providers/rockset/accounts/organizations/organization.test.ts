import { describe, expect, test } from 'vitest';
import { organizations } from '../../../../../src/providers/rockset/accounts/organizations/organizations.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, expectError, expectRefused } from '../../rockset.ts';
import { organizationText } from './organization-texts.ts';

const lk = emulatorForTests();
const get = (path: string, by = admin) => lk.request.get(path).set('Authorization', by);

describe('GET /', () => {
  test('the ping needs no key, also below the prefix', async () => {
    for (const path of ['/', '/rockset', '/rockset/']) {
      const answer = await lk.request.get(path).expect(200);
      expect(answer.text).toBe('{"message":"GO ROCKSET!"}');
      expect(answer.headers['content-type']).toBe('application/json');
    }
  });

  test('a bad key is ignored', async () => {
    await get('/', 'ApiKey nothing').expect(200);
  });
});

describe('GET /v1/orgs/self', () => {
  test('the organization is wrapped, with the fifteen fields of May 2023 in wire order', async () => {
    const answer = await get('/v1/orgs/self').expect(200);
    expect(answer.text).toBe(`{"data":${organizationText('"arn:aws:iam::000000000000:user/rockset"', '"USD"')}}`);
  });

  test('without a key it is refused', async () => {
    expectRefused(await lk.request.get('/v1/orgs/self'));
  });

  test('an organization that was removed is not found', async () => {
    await lk.world.resources('rockset').remove(organizations, 'acme');
    expectError(await get('/v1/orgs/self'), 404, 'NOTFOUND', 'Organization "acme" not found');
  });
});
