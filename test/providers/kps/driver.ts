import type { Holder, Http, Issued, LifecycleDriver } from '../lifecycle-driver.ts';
import { bearer, listed, tokensPath } from './kps.ts';

/** Sends back the listed token with another `active`, as clients do. */
async function setActive(http: Http, by: Holder, { handle }: Issued, active: boolean): Promise<number> {
  const token = (await listed(http, by.header.value)).find(({ id }) => id === handle);
  const answer = await http
    .put(`${tokensPath}/${handle}`)
    .set('Authorization', by.header.value)
    .send({ ...token, active });
  return answer.status;
}

export const driver: LifecycleDriver = {
  issuer: 'alice',
  stranger: 'admin',
  refusals: { unknown: 401, revoked: 401, expired: 401, suspended: 401 },
  canExpire: false,
  async issue(http, by) {
    const { body } = await http.post(tokensPath).set('Authorization', by.header.value).send({ active: true }).expect(200);
    return { secret: body.token, handle: body.id };
  },
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
