import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { draftKey } from '../src/core/key-service.ts';
import type { SeedKey } from '../src/core/world-store.ts';
import { migrationsFolder } from '../src/package.ts';
import { SqliteWorldStore } from '../src/store/sqlite-world-store.ts';
import { type MeasuredServer, startMeasured } from './process.ts';

const provider = 'rockset';
const manyKeysOwner = 'member@me.com';
const dayMs = 24 * 3_600_000;
/** How long the loop is watched after an answer: a call may leave work behind. */
const afterMs = 300;
/** This many requests are in the journal, each with a long path. */
const journalled = 300;
/** How many keys the seeds of worlds have: a body of nearly a megabyte. */
const seeded = 5000;

interface Call {
  readonly name: string;
  readonly method?: string;
  /** Made from the answer to the call before it. */
  path(before: unknown): string;
  readonly body?: Uint8Array | object;
  /** Whether its answer never ends. */
  readonly isEndless?: boolean;
}

/**
 * For each call of the control plane, with so many keys: how long it took, the longest wait of a health check beside it, and the
 * processor time of the longest turn of the server's loop, in milliseconds.
 */
export async function measureBlocking(size: number): Promise<Record<string, object>> {
  const file = join(tmpdir(), `latchkey-bench-${process.pid}.sqlite`);
  const rows: [string, object][] = [];
  try {
    const server = await startMeasured(['dist/cli.js'], { LATCHKEY_DB: file });
    try {
      const snapshot = await grown(server, size);
      writeFileSync(lazyOf(file), snapshot);
      await fillJournal(server);
      let before: unknown;
      for (const call of callsOf(snapshot, size)) {
        const { answer, ...row } = await measured(server, call, before);
        before = answer;
        rows.push([call.name, row]);
      }
    } finally {
      server.stop();
    }
  } finally {
    for (const one of [file, lazyOf(file)])
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(one + suffix, { force: true });
  }
  return Object.fromEntries(rows);
}

/** The calls in the order in which they are made. */
function callsOf(snapshot: Uint8Array, size: number): Call[] {
  const control = '/_latchkey';
  const cursorOf = (before: unknown) => encodeURIComponent(String(Object(before).cursor ?? ''));
  const get = (name: string, path: string): Call => ({ name, path: () => control + path });
  const next = (name: string, path: string): Call => ({ name, path: (before) => `${control}${path}&cursor=${cursorOf(before)}` });
  const post = (name: string, path: string, body: object): Call => ({ name, method: 'POST', path: () => control + path, body });
  return [
    { name: 'snapshot in', method: 'PUT', path: () => `${control}/snapshot`, body: snapshot },
    get('snapshot out', '/snapshot'),
    get('metrics', '/metrics'),
    get('worlds', '/worlds'),
    get('keys, a page', '/keys?limit=1000'),
    next('keys, the next page', '/keys?limit=1000'),
    get('keys of an owner', `/keys?owner=${manyKeysOwner}&limit=1`),
    get('keys, suspended', '/keys?state=suspended&limit=10'),
    get('keys, of nobody', '/keys?owner=nobody'),
    get('key', `/keys/key-${size - 1}`),
    get('agenda, a page', '/agenda?limit=1000'),
    next('agenda, the next page', '/agenda?limit=10000'),
    next('agenda, a deep page', '/agenda?limit=10000'),
    get('audit, one', '/audit?limit=1'),
    get('audit, a page', '/audit?limit=10000'),
    next('audit, the next page', '/audit?limit=1000'),
    get('requests with a word', '/requests?q=nowhere'),
    get('requests', '/requests?limit=1000'),
    get('request', `/requests/${journalled}`),
    { name: 'provider: all keys of an owner', path: () => '/rockset/v1/orgs/self/users/self/apikeys' },
    post('clock over the expiries', '/clock/advance', { by: '8760h' }),
    post('clock back', '/clock/advance', { by: '-8760h' }),
    post('clock over them again', '/clock/advance', { by: '87600h' }),
    { name: 'events, the last thousand', path: () => `${control}/events?since=0`, isEndless: true },
    { name: 'a world that is opened on its first use', path: () => '/~lazy/health' },
    post('reset', '/reset', {}),
    { name: 'a world with a seed', method: 'PUT', path: () => `${control}/worlds/seeded`, body: { seed: seedOf(seeded) } },
    post('seed', '/seed', { seed: seedOf(seeded) }),
    { name: 'that world dropped', method: 'DELETE', path: () => `${control}/worlds/seeded` },
  ];
}

async function measured(server: MeasuredServer, call: Call, before: unknown) {
  await server.longestTurnMs();
  const startedAt = performance.now();
  const done = new AbortController();
  const waits = waitsBeside(server, done.signal);
  const { body, method = 'GET' } = call;
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(server.url + call.path(before), {
    method,
    headers: {
      authorization: `ApiKey ${secretAt(0)}`,
      ...(body !== undefined && { 'content-type': isBytes ? 'application/vnd.sqlite3' : 'application/json' }),
    },
    ...(body !== undefined && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const bytes = call.isEndless ? await begun(response) : await response.arrayBuffer();
  const tookMs = performance.now() - startedAt;
  await wait(afterMs);
  done.abort();
  const turnMs = await server.longestTurnMs();
  return {
    answer: isJson && bytes.byteLength < 1 << 26 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
    status: response.status,
    'took ms': Math.round(tookMs),
    'health check waited ms': Math.round(await waits),
    'longest turn, CPU ms': Math.round(turnMs),
    MiB: Math.round(server.residentMiB()),
  };
}

/** The beginning of an answer that never ends, as far as it has come after a while. */
async function begun(response: Response): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  const reading = (async () => {
    while (!(await reader?.read())?.done);
  })();
  await wait(afterMs);
  await reader?.cancel();
  await reading;
  return new ArrayBuffer();
}

/** The longest of the health checks that are made one after the other until the signal comes. */
async function waitsBeside({ url }: MeasuredServer, signal: AbortSignal): Promise<number> {
  let longest = 0;
  while (!signal.aborted) {
    const askedAt = performance.now();
    await (await fetch(`${url}/_latchkey/health`)).text();
    longest = Math.max(longest, performance.now() - askedAt);
    await wait(1);
  }
  return longest;
}

async function fillJournal({ url }: MeasuredServer): Promise<void> {
  const text = `${'some words of a long text, '.repeat(40)}\n`.repeat(55);
  for (let index = 0; index < journalled; index++) {
    const path = `/rockset/v1/orgs/self/users/self/apikeys/${'a-long-name/'.repeat(600)}${index}`;
    const isLast = index === journalled - 1;
    const init = { method: 'POST', body: JSON.stringify({ name: text }), headers: { 'content-type': 'application/json' } };
    await (await fetch(url + path, isLast ? init : {})).text();
  }
}

/** The server's own snapshot with so many more keys: a tenth are one owner's, half expire, in a year or all at once. */
async function grown({ url }: MeasuredServer, size: number): Promise<Uint8Array> {
  const file = join(tmpdir(), `latchkey-bench-${process.pid}-grown.sqlite`);
  writeFileSync(file, new Uint8Array(await (await fetch(`${url}/_latchkey/snapshot`)).arrayBuffer()));
  const store = new SqliteWorldStore(file, migrationsFolder);
  try {
    store.seed([{ provider, keys: manyKeys(size), resources: [] }], Date.now(), false);
    return store.snapshot();
  } finally {
    store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}

function manyKeys(size: number): SeedKey[] {
  const now = Date.now();
  return Array.from({ length: size }, (_, index): SeedKey => {
    const owner = index % 10 === 0 ? manyKeysOwner : `owner-${index % 997}`;
    const draft = {
      id: `key-${index}`,
      tenant: 'acme',
      owner,
      secret: secretAt(index),
      hint: `hint${index}`,
      name: `name-${index}`,
    };
    const expiresAt = index % 4 === 0 ? now + dayMs + index * 10 : index % 4 === 1 ? now + 300 * dayMs : null;
    const state = index % 5000 === 7 ? 'suspended' : index % 50 === 3 ? 'revoked' : 'active';
    return { key: draftKey(provider, { ...draft, expiresAt, state }, now), keptSecret: null };
  });
}

/** The file of a world that is not open yet, beside that of the default one. */
function lazyOf(file: string): string {
  return file.replace(/\.sqlite$/, '.~lazy.sqlite');
}

function seedOf(size: number): object {
  const keys = Array.from({ length: size }, (_, index) => ({
    owner: manyKeysOwner,
    name: `seeded-${index}`,
    secret: `seeded${index}x`.padEnd(64, 'x'),
  }));
  return { rockset: { users: [{ email: manyKeysOwner, roles: ['member'] }], keys } };
}

function secretAt(index: number): string {
  return `secret-${index}`.padEnd(64, 'x');
}
