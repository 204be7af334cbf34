import supertest from 'supertest';
import { expect, test } from 'vitest';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { type Case, explainedLast, explanation, keys, organization, permitted, presenting, used } from './explained.ts';

const lk = emulatorForTests({ ownPorts: ['rockset'] });
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => lk.request.get(path).set(headers);

const answered = {
  ...organization,
  verdict: 'answered',
  sentence: 'The key admin0… (admin) of admin@me.com is active and may do this.',
  ...presenting.rocksetAdmin,
  ...permitted('GET_ORG_GLOBAL'),
  status: 200,
};
const ofMounts: readonly Case[] = [
  {
    cause: 'an owned path',
    send: () => get('/v1/orgs/self', { Authorization: rockset.admin }),
    explained: explanation(answered),
  },
  {
    cause: 'a path prefix',
    send: () => get('/rockset/v1/orgs/self', { Authorization: rockset.admin }),
    explained: explanation({ ...answered, by: 'prefix' }),
  },
  {
    cause: 'a host name',
    send: () => get('/v1/orgs/self', { Authorization: rockset.admin, Host: 'api.use1a1.rockset.com' }),
    explained: explanation({ ...answered, by: 'host' }),
  },
  {
    cause: 'a port of its own',
    send: () =>
      supertest(lk.providerUrls.get('rockset') ?? '')
        .get('/v1/orgs/self')
        .set('Authorization', rockset.admin),
    explained: explanation({ ...answered, by: 'port' }),
  },
  {
    cause: 'a cookie',
    send: () => get(whylabs.validatePath, { Cookie: `theme=dark; X-API-Key=${whylabs.admin}` }),
    explained: explanation({
      provider: 'whylabs',
      path: whylabs.validatePath,
      operation: 'ValidateApiKey',
      verdict: 'answered',
      sentence: 'The key ADMIN00000… (admin) of user-admin is active and may do this.',
      ...presenting.administrator,
      ...permitted('any key'),
      status: 200,
      credential: { from: 'cookie', hint: 'ADMIN00000…', problem: null },
    }),
  },
];

test.each(ofMounts)('a request that came by $cause is explained', async ({ send, explained }) => {
  await send();
  expect(await explainedLast(lk)).toEqual(explained);
});

test("a request that came by the prefix of a world is explained, in that world's own journal", async () => {
  const world = await lk.worlds.open('checkout');
  await world.reset('everything');
  world.clock.freeze();
  const at = '2030-06-01T12:00:00.000Z';
  await lk.request.put('/~checkout/_latchkey/clock').send({ now: at }).expect(200);
  await get('/~checkout/v1/orgs/self', { Authorization: rockset.admin }).expect(200);
  expect(await explainedLast(lk, '/~checkout')).toEqual(
    explanation({ ...answered, world: 'checkout', at, key: used(keys.rocksetAdmin, at) }),
  );
});
