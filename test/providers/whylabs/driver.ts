import type { Holder, LifecycleDriver } from '../lifecycle-driver.ts';
import { keysPath, validatePath } from './whylabs.ts';

export const driver: LifecycleDriver = {
  issuer: 'user',
  stranger: 'admin',
  refusals: { unknown: 403, revoked: 403, expired: 403, suspended: 403 },
  canExpire: true,
  async issue(http, by, expiresAt) {
    const expiry = expiresAt === undefined ? {} : { expiration_time: expiresAt };
    const { body } = await http
      .post(keysPath)
      .query({ user_id: userOf(by), ...expiry })
      .set(by.header.name, by.header.value)
      .expect(200);
    return { secret: body.key, handle: body.keyId };
  },
  reads: [
    validatePath,
    '/v1/api-key',
    keysPath,
    `${keysPath}/USER000000`,
    `${keysPath}?user_id=user-123`,
    '/v0/organizations/org-123/models',
  ],
  writes: [
    { by: 'system', method: 'PUT', path: '/v0/organizations/partial/org-123?subscription_tier=FREE' },
    { by: 'system', method: 'DELETE', path: '/v0/organizations/org-123' },
  ],
  use: (http, secret) => http.get(validatePath).set('X-API-Key', secret),
  async list(http, by) {
    const query = { user_id: userOf(by) };
    const { body } = await http.get(keysPath).query(query).set(by.header.name, by.header.value).expect(200);
    const items: readonly { keyId: string; revoked: boolean }[] = body.items;
    return items.filter(({ revoked }) => !revoked).map(({ keyId }) => keyId);
  },
  async revoke(http, by, { handle }) {
    const query = { user_id: userOf(by), key_id: handle };
    const { status } = await http.delete(keysPath).query(query).set(by.header.name, by.header.value);
    return status;
  },
};

function userOf({ name }: Holder): string {
  return name === 'admin' ? 'user-admin' : 'user-123';
}
