import { describe, expect, test } from 'vitest';
import { seedsOf } from '../../src/worlds/seeds.ts';
import { listen } from '../control/event-stream.ts';
import { type Placement, passwordPlacementsOf, placementsOf, type Reader } from '../control/placements.ts';
import * as estuary from '../providers/estuary/estuary.ts';
import * as kps from '../providers/kps/kps.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';

/** Secrets without a recognisable shape: a key of a seed may have any. */
const odd = {
  short: 'x7!Qz',
  word: 'rabbit-holes',
  punctuated: 'sk.live:9f~8(e)7=d6/c5',
  replacing: 'pay$&more$1now',
  escaped: 'xyzzy\\<&>%25',
  prefixed: 'EST-but-not-as-usual',
  long: 'Zq9'.repeat(150),
};
const idToken = 'odd.id_token.of-a-seed';
const seeds = seedsOf(
  new Map<string, unknown>([
    ['estuary', { users: [{ username: 'alice' }], keys: Object.values(odd).map((secret) => ({ owner: 'alice', secret })) }],
    ['kps', { users: [{ email: 'alice@example.com', password: 'Sesame, "open"! & 100%' }] }],
    [
      'rockset',
      { users: [{ email: 'alice@example.com' }], keys: [{ owner: 'alice@example.com', idToken: true, secret: idToken }] },
    ],
  ]),
);
const { logger, lines } = keptLog('trace');
const lk = emulatorForTests({ seeds, logger });

const readers: readonly Reader[] = [
  { base: '/estuary', path: '/login', headers: {} },
  { base: '/kps', path: '/v1.0/login', headers: {} },
  { base: '/rockset', path: '/v1/orgs/self/users/self/apikeys', headers: { Authorization: rockset.admin } },
  { base: '/whylabs', path: '/v0/organizations/org-123/api-key', headers: { 'X-API-Key': whylabs.system } },
];

async function sendAll(placements: readonly Placement[]): Promise<void> {
  const send = async ({ path, ...call }: Placement) => (await fetch(lk.url + path, { ...call, redirect: 'manual' })).text();
  await Promise.all(placements.map(send));
}

/** Everything that is shown of requests, and the log. */
async function shown(): Promise<string> {
  const get = async (path: string) => (await fetch(`${lk.url}/_latchkey${path}`)).text();
  const list = await get('/requests?limit=10000');
  const { requests }: { readonly requests: readonly { readonly id: string }[] } = JSON.parse(list);
  const details = await Promise.all(requests.map(({ id }) => get(`/requests/${id}`)));
  const { lastId } = lk.world.events;
  const listening = await listen(lk.url, '?since=0');
  const events = await listening.take(Math.min(lastId, 1000));
  listening.stop();
  const rest = await Promise.all(['/metrics', '/keys', '/agenda', '/faults'].map(get));
  expect(requests.length).toBeGreaterThan(0);
  expect(events.at(-1)?.id).toBe(lastId);
  return [list, ...details, JSON.stringify(events), ...rest, ...lines].join('\n');
}

/** A text in every spelling that would reveal a secret. */
function spellingsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [...new Set([text, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(text)])];
}

/** The places in which a text shows one of these, with their surroundings. */
function leaksOf(text: string, parts: readonly string[]): string[] {
  const places = parts.map((part) => text.indexOf(part)).filter((place) => place !== -1);
  return places.map((place) => text.slice(Math.max(place - 60, 0), place + 60));
}

/** The parts of a secret that are just longer than half of it. */
function largeParts(secret: string): string[] {
  const length = (secret.length >> 1) + 1;
  return Array.from({ length: secret.length - length + 1 }, (_, start) => secret.slice(start, start + length));
}

/** Random secrets in the true shape of each provider, new in each test. */
async function issued(): Promise<Readonly<Record<string, string>>> {
  const session = await lk.request.post('/v1.0/login').send({ email: 'alice@example.com', password: 'Sesame, "open"! & 100%' });
  const { body: rocksetKey } = await lk.request
    .post(rockset.ownKeys)
    .set('Authorization', rockset.admin)
    .send({ name: 'issued' });
  return {
    'an Estuary token': (await lk.request.get('/register-new-token').expect(200)).body.token,
    'a token of a KPS log-in': session.body.token,
    'a Rockset key': rocksetKey.data.key,
    'a WhyLabs key': (await whylabs.create(lk)).key,
  };
}

const kinds = [
  ...Object.entries(odd).map(([name, secret]) => [`an odd Estuary token (${name})`, async () => secret] as const),
  ['an odd id token of Rockset', async () => idToken] as const,
  ...['an Estuary token', 'a token of a KPS log-in', 'a Rockset key', 'a WhyLabs key'].map(
    (kind) => [kind, async () => (await issued())[kind] ?? ''] as const,
  ),
];

describe('nothing that is shown of requests reveals a secret', () => {
  test.each(kinds)('%s, wherever it is sent', async (_kind, secretOf) => {
    const secret = await secretOf();
    await sendAll(readers.flatMap((reader) => placementsOf(secret, reader)));
    const text = await shown();
    expect(leaksOf(text, largeParts(secret).flatMap(spellingsOf))).toEqual([]);
  });

  test.each(['Sesame, "open"! & 100%', 'p;ss w[o]rd', 'tr0ub4dor&3', '1234567890123'])(
    'the password %s, wherever it is named',
    async (password) => {
      await sendAll(readers.flatMap((reader) => passwordPlacementsOf(password, reader)));
      const text = await shown();
      const words = password.split(/[,;&"\s]+/).filter((word) => word.length > 4);
      expect(leaksOf(text, [password, ...words].flatMap(spellingsOf))).toEqual([]);
    },
  );

  test('secrets that a provider lists, reveals or issues, or that log in', async () => {
    const secrets = Object.values(await issued());
    const as = (header: string, path: string) => lk.request.get(path).set('Authorization', header);
    const { body: listed } = await as(estuary.bearer(odd.word), '/user/api-keys').expect(200);
    expect(listed.map(({ token }: { token: string }) => token)).toEqual(expect.arrayContaining(Object.values(odd)));
    const { text } = await as(rockset.admin, `${rockset.ownKeys}/admin?reveal=true`).expect(200);
    expect(text).toContain(rockset.secrets.admin);
    await as(kps.admin, '/v1.0/users').expect(200);
    await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' }).expect(200);
    await lk.request.put('/user/password').set('Authorization', estuary.bearer(odd.word)).send({ newPasswordHash: 'n3w-s3cr3t' });
    const seeded = [...(await lk.world.credentials()).values()].flat();
    const known = seeded.flatMap(({ secret, login }) => [secret ?? '', login?.['passwordHash'] ?? '']);
    const given = [...secrets, ...Object.values(odd), ...known, 'n3w-s3cr3t'].filter((secret) => secret !== '');
    expect(leaksOf(await shown(), given.flatMap(spellingsOf))).toEqual([]);
  });

  test('secrets of keys that a snapshot has replaced since', async () => {
    const snapshot = lk.world.store.snapshot();
    const secret = 'issued-after-the-snapshot';
    await lk.request.post('/_latchkey/keys').send({ provider: 'estuary', owner: 'alice', secret }).expect(200);
    await lk.request.delete(`/user/api-keys/${secret}`).set('Authorization', estuary.bearer(odd.word));
    await lk.world.restore(snapshot);
    expect(await shown()).not.toContain(secret);
  });
});

describe('a hint is at most half of a secret', () => {
  test.each(Array.from({ length: 26 }, (_, index) => 'abcdefghijklmnopqrstuvwxyz'.slice(0, index + 1)))(
    'of %s',
    async (secret) => {
      const { body } = await lk.request.post('/_latchkey/keys').send({ provider: 'estuary', owner: 'alice', secret }).expect(200);
      const half = secret.slice(0, Math.min(secret.length >> 1, 11));
      expect(body.key.hint).toBe(half);
      const { body: listed } = await lk.request.get(`/_latchkey/keys/${body.key.id}`).expect(200);
      expect(listed.hint).toBe(half);
      await lk.request.get('/viewer').set('Authorization', estuary.bearer(secret)).expect(200);
      const { body: journal } = await lk.request.get('/_latchkey/requests?limit=1').expect(200);
      expect(journal.requests[0].credential).toBe(`${half}…`);
    },
  );
});
