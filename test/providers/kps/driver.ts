import type { Holder, Http, Issued, LifecycleDriver, Write } from '../lifecycle-driver.ts';
import { aliceId, bearer, listed, tokensPath, usersPath } from './kps.ts';

/** Sends back the listed token with another `active`, as clients do. */
async function setActive(http: Http, by: Holder, { handle }: Issued, active: boolean): Promise<number> {
  const token = (await listed(http, by.header.value)).find(({ id }) => id === handle);
  const answer = await http
    .put(`${tokensPath}/${handle}`)
    .set('Authorization', by.header.value)
    .send({ ...token, active });
  return answer.status;
}

const alice = { email: 'alice@example.com', name: 'Alice', password: 'N3w-password', role: 'USER' };

export const driver: LifecycleDriver = {
  issuer: 'alice',
  stranger: 'admin',
  refusals: { unknown: 401, revoked: 401, expired: 401, suspended: 401 },
  canExpire: false,
  async issue(http, by) {
    const { body } = await http.post(tokensPath).set('Authorization', by.header.value).send({ active: true }).expect(200);
    return { secret: body.token, handle: body.id };
  },
  reads: [tokensPath, '/v1.0/userapitokensall', usersPath, `${usersPath}/${aliceId}`],
  writes: [
    ...(['INFRA_ADMIN', 'USER'] as const).map(
      (role): Write => ({ by: 'admin', method: 'PUT', path: `${usersPath}/${aliceId}`, body: { ...alice, role } }),
    ),
    { by: 'admin', method: 'PUT', path: `${usersPath}/${aliceId}`, body: { ...alice, email: 'other@example.com' } },
    { by: 'admin', method: 'DELETE', path: `${usersPath}/${aliceId}` },
  ],
  use: (http, secret) => http.get(tokensPath).set('Authorization', bearer(secret)),
  async list(http, by) {
    return (await listed(http, by.header.value)).map(({ id }) => id);
  },
  async revoke(http, by, { handle }) {
    const { status } = await http.delete(`${tokensPath}/${handle}`).set('Authorization', by.header.value);
    return status;
  },
  suspend: (http, by, issued) => setActive(http, by, issued, false),
  resume: (http, by, issued) => setActive(http, by, issued, true),
};
