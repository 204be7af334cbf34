import { adminToken, aliceToken, bearer, bobId, tokensPath } from '../../providers/kps/kps.ts';
import { secrets } from '../../providers/rockset/rockset.ts';
import type { TestEmulator } from '../../support/emulator.ts';
import { type Actor, callWith, demandsOf, refusalsOf, type Scene, storingOf, strangerOf } from './scene.ts';

const headers = (secret: string) => ({ authorization: bearer(secret) });

/** Bob has no token yet, so that two more are within the limit. */
async function bob({ request }: TestEmulator) {
  const { body } = await request.post('/v1.0/login').send({ email: 'bob@example.com', password: 'bob-password' });
  return headers(body.token);
}

export const actor: Actor = {
  provider: 'kps',
  refused: 401,
  missing: 401,
  secret: aliceToken,
  unknown: `${adminToken.slice(0, -4)}aaaa`,
  malformed: (secret) => ({ authorization: `Token ${secret}` }),
  headers,
  path: tokensPath,
  async issue(lk) {
    const answer = await lk.request
      .post(tokensPath)
      .set(await bob(lk))
      .send({ active: true });
    return { status: answer.status, secret: answer.body.token, handle: answer.body.id };
  },
  suspend: async (lk, { handle }) =>
    lk.request
      .put(`${tokensPath}/${handle}`)
      .set(await bob(lk))
      .send({ userId: bobId, active: false }),
  revoke: async (lk, { handle }) => lk.request.delete(`${tokensPath}/${handle}`).set(await bob(lk)),
  denied: { role: async (lk) => lk.request.get('/v1.0/userapitokensall').set(headers(aliceToken)) },
};

/** API tokens never expire: what expires is a log-in. */
const logIn: Scene = {
  mutant: 'ignore-expiry',
  code: null,
  truth: { decided: 200, shown: 401 },
  mutated: { decided: 200, shown: 200 },
  async play(lk) {
    const { status, body } = await lk.request.post('/v1.0/login').send({ email: 'bob@example.com', password: 'bob-password' });
    lk.world.clock.advance(86_400_000);
    return { decided: status, shown: (await callWith(lk, actor, body.token)).status };
  },
};

export const scenes: readonly Scene[] = [
  ...refusalsOf(actor),
  ...storingOf(actor),
  ...demandsOf(actor),
  logIn,
  strangerOf(actor, secrets.admin),
];
