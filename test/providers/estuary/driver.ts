import { epoch } from '../emulator.ts';
import type { LifecycleDriver } from '../lifecycle-driver.ts';

export const driver: LifecycleDriver = {
  issuer: 'alice',
  stranger: 'bob',
  refusals: { unknown: 401, revoked: 401, expired: 401, suspended: 401 },
  canExpire: true,
  async issue(http, by, expiresAt) {
    const expiry = expiresAt === undefined ? '' : `${expiresAt - epoch}ms`;
    const { body } = await http.post('/user/api-keys').query({ expiry }).set('Authorization', by.header.value).expect(200);
    return { secret: body.token, handle: body.token };
  },
  reads: ['/viewer', '/user/api-keys', '/admin/invites'],
  writes: [
    { by: 'alice', method: 'PUT', path: '/user/password', body: { newPasswordHash: 'new' } },
    { by: 'admin', method: 'POST', path: '/admin/invite/welcome' },
  ],
  use: (http, secret) => http.get('/viewer').set('Authorization', `Bearer ${secret}`),
  async list(http, by) {
    const { body } = await http.get('/user/api-keys').set('Authorization', by.header.value).expect(200);
    return body.map((key: { token: string }) => key.token);
  },
  async revoke(http, by, { handle }) {
    const { status } = await http.delete(`/user/api-keys/${handle}`).set('Authorization', by.header.value);
    return status;
  },
};
