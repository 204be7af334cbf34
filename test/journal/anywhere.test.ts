import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestPrinter } from '../../src/server/pretty-log.ts';
import { listen } from '../control/event-stream.ts';
import { issueKey } from '../control/issued-key.ts';
import { encodedWhole } from '../control/placements.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';

const { logger, lines } = keptLog('trace');
const lk = emulatorForTests({ logger, explainHeader: true });

/** What stands around a secret: other words, and what separates them. */
const around = fc.string({ unit: fc.constantFrom(...'aZ09-_.~+/=:;,!$&()*@#|^?<>[]{}% '), maxLength: 12 });
/** A secret that no provider makes: it has the separators of the text around it. */
const odd = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-_.~+/=:;,!$&()*@#|^?<>[]{}'), minLength: 9, maxLength: 40 });

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const bases = ['/estuary/user', '/kps/v1.0/users', '/rockset/v1/orgs', '/whylabs/v0', '/nowhere', '/~other/rockset/v1'] as const;
const encodings = {
  percent: encodeURIComponent,
  whole: encodedWhole,
  twice: (text: string) => encodeURIComponent(encodeURIComponent(text)),
} as const;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Each way in which a text can be in a request. */
const ways: Readonly<Record<string, (text: string, base: string) => Sent>> = {
  ...Object.fromEntries(
    Object.entries(encodings).flatMap(([name, encode]) => [
      [`path ${name}`, (text: string, base: string): Sent => ({ method: 'GET', path: `${base}/${encode(text)}/x` })],
      [`query ${name}`, (text: string, base: string): Sent => ({ method: 'GET', path: `${base}?a=${encode(text)}&b=1` })],
      [`name in a query ${name}`, (text: string, base: string): Sent => ({ method: 'GET', path: `${base}?${encode(text)}=1` })],
    ]),
  ),
  'form in a query': (text, base) => ({ method: 'GET', path: `${base}?${new URLSearchParams({ note: text })}` }),
  'base64 in a path': (text, base) => ({ method: 'GET', path: `${base}/${Buffer.from(text).toString('base64url')}` }),
  'base64 in a query': (text, base) => ({ method: 'GET', path: `${base}?a=${encodeURIComponent(base64(`me:${text}`))}` }),
  Basic: (text, base) => ({ method: 'GET', path: base, headers: { Authorization: `Basic ${base64(`me:${text}`)}` } }),
  'base64 in a header': (text, base) => ({ method: 'GET', path: base, headers: { 'X-Any': `Basic ${base64(`me:${text}`)}` } }),
  header: (text, base) => ({ method: 'GET', path: base, headers: { 'X-Any': text } }),
  cookie: (text, base) => ({ method: 'GET', path: base, headers: { Cookie: `a=${encodeURIComponent(text)}; b=1` } }),
  'user agent': (text, base) => ({ method: 'GET', path: base, headers: { 'User-Agent': `x/1 ${text}` } }),
  JSON: (text, base) => ({ method: 'POST', path: base, ...json({ note: text, list: [1, { deep: `${text} ` }] }) }),
  'name in JSON': (text, base) => ({ method: 'POST', path: base, ...json({ [text]: 1 }) }),
  'JSON in JSON': (text, base) => ({ method: 'POST', path: base, ...json({ note: JSON.stringify({ note: text }) }) }),
  'base64 in JSON': (text, base) => ({ method: 'POST', path: base, ...json({ note: base64(`me:${text}\n`) }) }),
  form: (text, base) => ({
    method: 'POST',
    path: base,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ note: text }).toString(),
  }),
  text: (text, base) => ({ method: 'POST', path: base, headers: { 'Content-Type': 'text/plain' }, body: text }),
};

function json(body: object): Pick<Sent, 'headers' | 'body'> {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Everything that is shown of the last request of a world. */
async function shown(world: string): Promise<string> {
  const lines: string[] = [];
  const opened = await lk.worlds.open(world === '' ? 'default' : world.slice(2));
  const entry = opened.journal.find({})[0] ?? expect.unreachable('the request is in the journal');
  const { promise, resolve } = Promise.withResolvers<void>();
  const print = requestPrinter(
    (line) => {
      lines.push(line);
      resolve();
    },
    () => undefined,
  );
  print(opened, entry);
  await promise;
  const get = async (path: string) => (await fetch(`${lk.url}${world}/_latchkey${path}`)).text();
  const listening = await listen(lk.url + world, `?since=${opened.events.lastId - 1}`);
  const events = await listening.take(1);
  listening.stop();
  const texts = [await get('/requests?limit=1'), await get(`/requests/${entry.id}`), JSON.stringify(events), ...lines];
  return [...texts, await get('/metrics')].join('\n');
}

/** The spellings of a secret by which a reader would have it. */
function spellingsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const form = new URLSearchParams({ a: secret }).toString().slice(2);
  return [
    secret,
    escaped,
    encodeURIComponent(secret),
    form,
    encodedWhole(secret),
    base64(`me:${secret}`).replace(/.{0,3}=*$/, ''),
  ];
}

async function expectHidden(secret: string, text: string, way: string, base: string): Promise<void> {
  const { path, ...call } = (ways[way] ?? expect.unreachable('a known way'))(text, base);
  const answer = await fetch(lk.url + path, { ...call, redirect: 'manual' });
  await answer.text();
  const all = (await shown(base.startsWith('/~other') ? '/~other' : '')) + lines.splice(0).join('');
  const found = spellingsOf(secret).filter((spelling) => all.includes(spelling));
  expect(found).toEqual([]);
}

const kinds: Readonly<Record<string, () => Promise<string>>> = {
  'an Estuary token': async () => (await issueKey(lk, { provider: 'estuary', owner: 'alice' })).secret,
  'a token of KPS': async () => (await issueKey(lk, { provider: 'kps', owner: 'alice@example.com' })).secret,
  'a key of Rockset': async () => {
    const { body } = await lk.request.post(rockset.ownKeys).set('Authorization', rockset.admin).send({ name: 'one' });
    return body.data.key;
  },
  'a key of WhyLabs': async () => (await whylabs.create(lk)).key,
};
const place = fc.record({
  before: around,
  after: around,
  way: fc.constantFrom(...Object.keys(ways)),
  base: fc.constantFrom(...bases),
});

describe('found 6.7: a secret is not shown, whatever stands around it and wherever in a request it is', () => {
  test.each(Object.entries(kinds))('%s', async (_, make) => {
    const secret = await make();
    await fc.assert(
      fc.asyncProperty(place, ({ before, after, way, base }) => expectHidden(secret, before + secret + after, way, base)),
      { numRuns: 40 },
    );
  });

  test('a secret that no provider makes, with separators in it', async () => {
    await fc.assert(
      fc.asyncProperty(odd, place, async (secret, { before, after, way, base }) => {
        const description = { provider: 'estuary', owner: 'alice', secret };
        const { status } = await lk.request.post('/_latchkey/keys').send(description);
        fc.pre(status === 200);
        await expectHidden(secret, before + secret + after, way, base);
      }),
      { numRuns: 150 },
    );
  });
});
