import { expect, test } from 'vitest';
import { users as estuaryUsers } from '../../src/providers/estuary/accounts/users/users.ts';
import * as estuary from '../providers/estuary/estuary.ts';
import * as kps from '../providers/kps/kps.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { anyId, type Case, explainedLast, explanation, inHeader, keys, organization, used } from './explained.ts';

const lk = emulatorForTests();
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => lk.request.get(path).set(headers);
const control = (path: string, body: object = {}) => lk.request.post(`/_latchkey${path}`).send(body).expect(200);
const idOf = async (owner: string) => (await lk.world.store.keys.find({ owner }))[0]?.id ?? '';
const add = async (provider: string, description: object, world = lk.world) =>
  (await world.addKey(provider, description)).credential.header?.value ?? '';

const viewer = { provider: 'estuary', path: '/viewer', operation: 'viewerGet' } as const;
const validate = { provider: 'whylabs', path: whylabs.validatePath, operation: 'ValidateApiKey' } as const;
const tokens = { provider: 'kps', path: '/v1.0/userapitokens', operation: 'UserApiTokenGet' } as const;
const nearly = (why: string, provider: string, hint: string, world = 'default') => [
  { why, world, provider, key: anyId, hint, state: 'active' },
];

const cases: readonly Case[] = [
  {
    cause: 'no credential',
    send: () => get('/viewer'),
    explained: explanation({
      ...viewer,
      verdict: 'no credential',
      sentence: 'The request carries no credential that estuary reads: send Authorization: Bearer <key>.',
      status: 401,
      code: 'credential_missing',
    }),
  },
  {
    cause: 'a credential in a header that the provider does not read',
    send: () => get(whylabs.validatePath, { Authorization: 'Bearer nothing-of-the-kind' }),
    explained: explanation({
      ...validate,
      verdict: 'credential unreadable',
      sentence: 'whylabs cannot read the credential in the header authorization (nothing-o…): send X-API-Key: <key>.',
      credential: inHeader('authorization', 'nothing-o', 'credential_missing'),
      status: 401,
      code: 'credential_missing',
    }),
  },
  {
    cause: 'a malformed credential',
    send: () => get('/viewer', { Authorization: 'Bearer two words' }),
    explained: explanation({
      ...viewer,
      verdict: 'credential unreadable',
      sentence: 'estuary cannot read the credential in the header authorization (wo…): send Authorization: Bearer <key>.',
      credential: inHeader('authorization', 'wo', 'credential_malformed'),
      status: 401,
      code: 'credential_malformed',
    }),
  },
  {
    cause: 'a raw key without a scheme',
    send: () => get('/viewer', { Authorization: estuary.aliceToken }),
    explained: explanation({
      ...viewer,
      verdict: 'right key, wrong scheme',
      sentence:
        'The key EST00000000… is right (active), but it is not presented as estuary expects it: send Authorization: Bearer <key>.',
      credential: inHeader('authorization', 'EST00000000', 'credential_malformed'),
      nearly: nearly('wrong scheme', 'estuary', 'EST00000000'),
      status: 401,
      code: 'credential_malformed',
    }),
  },
  {
    cause: 'a right key in the wrong header',
    send: () => get('/v1/orgs/self', { 'X-API-Key': rockset.secrets.admin }),
    explained: explanation({
      ...organization,
      verdict: 'right key, wrong scheme',
      sentence:
        'The key admin0… is right (active), but it is not presented as rockset expects it: send Authorization: ApiKey <key>.',
      credential: inHeader('x-api-key', 'admin0', 'credential_missing'),
      nearly: nearly('wrong scheme', 'rockset', 'admin0'),
      status: 401,
      code: 'credential_missing',
    }),
  },
  {
    cause: 'a right key under the scheme of another kind of key',
    send: () => get('/v1/orgs/self', { Authorization: `Bearer ${rockset.secrets.admin}`, organization: 'acme' }),
    explained: explanation({
      ...organization,
      verdict: 'right key, wrong scheme',
      sentence:
        'The key admin0… (admin) of admin@me.com is right, but it is not presented as rockset expects it: send Authorization: ApiKey <key>.',
      credential: inHeader('authorization', 'admin0'),
      key: used(keys.rocksetAdmin),
      permission: { required: 'GET_ORG_GLOBAL', granted: false },
      status: 401,
      code: 'credential_malformed',
    }),
  },
  {
    cause: 'a key that was never issued',
    send: () => get('/v1/orgs/self', { Authorization: `ApiKey ${'x'.repeat(64)}` }),
    explained: explanation({
      ...organization,
      verdict: 'key unknown',
      sentence: 'No key of rockset has this secret (xxxxxx…): it was never issued in this world.',
      credential: inHeader('authorization', 'xxxxxx'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'a forged token',
    send: () => get(tokens.path, { Authorization: `Bearer ${kps.adminToken.slice(0, -3)}xyz` }),
    explained: explanation({
      ...tokens,
      verdict: 'key unknown',
      sentence: 'No key of kps has this secret (kSDxyz…): it was never issued in this world.',
      credential: inHeader('authorization', 'kSDxyz'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'an unknown token that the provider refuses as a failed log-in',
    send: () => lk.request.post('/v1.0/login/shortlogintoken').set('Authorization', 'Bearer aaa.bbb.ccc'),
    explained: explanation({
      provider: 'kps',
      path: '/v1.0/login/shortlogintoken',
      operation: 'ShortLoginTokenV1',
      verdict: 'key unknown',
      sentence: 'No key of kps has this secret (bb.cc…): it was never issued in this world.',
      credential: inHeader('authorization', 'bb.cc'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'a key of another provider',
    send: () => get('/viewer', { Authorization: `Bearer ${rockset.secrets.admin}` }),
    explained: explanation({
      ...viewer,
      verdict: 'key of another provider',
      sentence: 'The credential is a key of rockset, not of estuary.',
      credential: inHeader('authorization', 'admin0Latch'),
      nearly: nearly('another provider', 'rockset', 'admin0'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'a key of another provider, with its suffix',
    send: () => get('/v1/orgs/self', { Authorization: `ApiKey ${whylabs.admin}` }),
    explained: explanation({
      ...organization,
      verdict: 'key of another provider',
      sentence: 'The credential is a key of whylabs, not of rockset.',
      credential: inHeader('authorization', 'ADMIN0'),
      nearly: nearly('another provider', 'whylabs', 'ADMIN00000'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'a key of another world',
    async send() {
      const other = await lk.worlds.open('other');
      const value = await add('rockset', { owner: 'admin@me.com', name: 'elsewhere', secret: 'o'.repeat(64) }, other);
      return get('/v1/orgs/self', { Authorization: value });
    },
    explained: explanation({
      ...organization,
      verdict: 'key of another world',
      sentence: 'The credential is a key of the world other: worlds share no keys.',
      credential: inHeader('authorization', 'oooooo'),
      nearly: nearly('another world', 'rockset', 'oooooo', 'other'),
      status: 401,
      code: 'key_unknown',
    }),
  },
  {
    cause: 'an expired key',
    async send() {
      const value = await add('estuary', {
        owner: 'alice',
        name: 'short',
        expiresIn: '1h',
        secret: estuary.bobToken.replace('3', '9'),
      });
      lk.world.clock.advance(3_600_000 + 90_000);
      return get('/viewer', { Authorization: value });
    },
    explained: explanation({
      ...viewer,
      verdict: 'key expired',
      sentence: 'The key EST00000000… (short) of 2 expired 90 s earlier, at 2030-01-01T01:00:00.000Z.',
      credential: inHeader('authorization', 'EST00000000'),
      key: { ...keys.alice, name: 'short', state: 'expired', expiresAt: '2030-01-01T01:00:00.000Z' },
      at: '2030-01-01T01:01:30.000Z',
      status: 401,
      code: 'key_expired',
    }),
  },
  {
    cause: 'a suspended key',
    async send() {
      await control(`/keys/${kps.aliceTokenId}/suspend`);
      return get(tokens.path, { Authorization: kps.alice });
    },
    explained: explanation({
      ...tokens,
      verdict: 'key suspended',
      sentence: `The key cTIW3Y… of ${kps.aliceId} is suspended.`,
      credential: inHeader('authorization', 'cTIW3Y'),
      key: { ...keys.kpsAlice, state: 'suspended' },
      status: 401,
      code: 'key_suspended',
    }),
  },
  {
    cause: 'a revoked key',
    async send() {
      await control(`/keys/${await idOf('user-123')}/revoke`);
      lk.world.clock.advance(3 * 3_600_000);
      return get(whylabs.validatePath, { 'X-API-Key': whylabs.user });
    },
    explained: explanation({
      ...validate,
      verdict: 'key revoked',
      sentence: 'The key USER000000… (user) of user-123 was revoked 3 h earlier, at 2030-01-01T00:00:00.000Z.',
      credential: inHeader('x-api-key', 'USER000000'),
      key: { ...keys.user, state: 'revoked', revokedAt: '2030-01-01T00:00:00.000Z' },
      at: '2030-01-01T03:00:00.000Z',
      status: 403,
      code: 'key_revoked',
    }),
  },
  {
    cause: 'a key whose principal is gone',
    async send() {
      await lk.world.resources('estuary').remove(estuaryUsers, '2');
      return get('/viewer', { Authorization: estuary.alice });
    },
    explained: explanation({
      ...viewer,
      verdict: 'principal gone',
      sentence: 'The key EST00000000… (alice) of 2 is active, but estuary no longer accepts its owner.',
      credential: inHeader('authorization', 'EST00000000'),
      key: used(keys.alice),
      permission: { required: 'upload', granted: false },
      status: 401,
    }),
  },
];

test.each(cases)('$cause is explained', async ({ send, explained }) => {
  await send();
  expect(await explainedLast(lk)).toEqual(explained);
});
