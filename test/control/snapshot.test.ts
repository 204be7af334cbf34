import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { dump } from '../store/dump.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { undoMigrations } from '../store/undo-migrations.ts';
import { emulatorForTests, epoch, startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { eventsSince } from '../worlds/events-since.ts';
import { type IssuedKey, issueKey } from './issued-key.ts';

const lk = emulatorForTests();
const pathOf = scratchFolder();
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

async function save({ request }: TestEmulator = lk, world = ''): Promise<Buffer> {
  const { body } = await request.get(`${world}/_latchkey/snapshot`).responseType('blob').expect(200);
  return body;
}

function restore(file: Buffer, { request }: TestEmulator = lk, world = '') {
  return request.put(`${world}/_latchkey/snapshot`).set('Content-Type', 'application/vnd.sqlite3').send(file);
}

/** The texts of every list of keys: each provider's own, as its seeded users see it, and the control plane's. */
async function listings(emulator: TestEmulator, world: string, keys: readonly IssuedKey[]): Promise<string[]> {
  const [estuary, kps, rockset, whylabs] = keys.map(({ header }) => header);
  const lists = [
    ['/user/api-keys', estuary],
    ['/v1.0/userapitokens', kps],
    ['/v1/orgs/self/users/self/apikeys', rockset],
    ['/v0/organizations/org-123/api-key?user_id=user-123', whylabs],
    ['/_latchkey/keys', undefined],
  ] as const;
  const texts: string[] = [];
  for (const [path, header] of lists) {
    const ask = emulator.request.get(world + path);
    texts.push((await (header === undefined ? ask : ask.set(header.name, header.value)).expect(200)).text);
  }
  return texts;
}

/** A world with a frozen clock and keys in every state, one active key of each provider among them. */
async function fill(emulator: TestEmulator, world: string): Promise<IssuedKey[]> {
  const call = (path: string, body: object = {}) => emulator.request.post(`${world}/_latchkey/${path}`).send(body).expect(200);
  await call('clock/freeze');
  await emulator.request.put(`${world}/_latchkey/clock`).send({ now: '2030-01-01T00:00:30Z' }).expect(200);
  const keys: IssuedKey[] = [];
  const descriptions = [
    { provider: 'estuary', owner: 'alice' },
    { provider: 'kps', owner: 'alice@example.com' },
    { provider: 'rockset', owner: 'member@me.com' },
    { provider: 'whylabs', organization: 'org-123', owner: 'user-123' },
  ];
  for (const description of descriptions) {
    for (const move of ['suspend', 'revoke', 'expire']) {
      // A user of KPS has at most two tokens.
      if (description.provider === 'kps' && move !== 'revoke') continue;
      const { id } = await issueKey(emulator, { ...description, name: move }, world);
      await call(`keys/${id}/${move}`);
    }
    keys.push(await issueKey(emulator, { ...description, name: 'good' }, world));
  }
  return keys;
}

describe('GET /snapshot', () => {
  test('is an SQLite file, with its media type', async () => {
    const answer = await lk.request.get('/_latchkey/snapshot').responseType('blob').expect(200);
    expect(answer.headers['content-type']).toBe('application/vnd.sqlite3');
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
    expect(answer.body.subarray(0, 16).toString()).toBe('SQLite format 3\0');
  });

  test('opens with any SQLite, from a disk as well', async () => {
    const path = pathOf('plain.sqlite');
    writeFileSync(path, await save());
    const db = new Database(path, { readonly: true });
    expect(db.prepare("SELECT name FROM api_keys WHERE provider = 'estuary' ORDER BY seq").pluck().all()).toEqual([
      'admin',
      'alice',
      'bob',
    ]);
    db.close();
  });

  test('holds the last use of a key that has just been used', async () => {
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    lk.world.clock.advance(5_000);
    await lk.request.get('/viewer').set(header.name, header.value).expect(200);
    expect(dump(await save())['api_keys']?.at(-1)).toMatchObject({ last_used_at: epoch + 5_000 });
  });

  test('holds the secrets that a provider shows again, and only the hashes of the others', async () => {
    const [, kps] = await fill(lk, '');
    const file = await save();
    expect(file.includes('EST00000000-0000-4000-8000-000000000002ARY')).toBe(true);
    expect(file.includes(kps?.secret ?? '-')).toBe(false);
  });
});

describe('PUT /snapshot', () => {
  test.each([
    ['memory', undefined],
    ['a file', 'here.sqlite'],
  ])('brings a world in %s that was dropped back, to the byte in every list of every provider', async (_, db) => {
    const emulator = db === undefined ? lk : await startTestEmulator({ db: pathOf(db) });
    const keys = await fill(emulator, '/~shop');
    const before = await listings(emulator, '/~shop', keys);
    for (const list of before) expect(list.length).toBeGreaterThan(100);
    const file = await save(emulator, '/~shop');
    await emulator.worlds.drop('shop');
    await emulator.request.post('/~shop/_latchkey/clock/freeze').expect(200);
    await emulator.request.put('/~shop/_latchkey/clock').send({ now: '2030-01-01T00:00:30Z' }).expect(200);
    expect((await restore(file, emulator, '/~shop').expect(200)).body).toEqual({ restored: true });
    expect(await listings(emulator, '/~shop', keys)).toEqual(before);
    if (emulator !== lk) await emulator.close();
  });

  test('copies one world into another, and the two share nothing afterwards', async () => {
    const [key] = await fill(lk, '/~one');
    await restore(await save(lk, '/~one'), lk, '/~two').expect(200);
    const use = (world: string) => lk.request.get(`${world}/viewer`).set(key?.header.name ?? '', key?.header.value ?? '');
    await use('/~two').expect(200);
    await lk.request.post(`/~one/_latchkey/keys/${key?.id}/revoke`).expect(200);
    await use('/~one').expect(401);
    await use('/~two').expect(200);
  });

  test('leaves nothing of what was there before, whether it was used or not', async () => {
    const file = await save();
    const { id, header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    await lk.request.get('/viewer').set(header.name, header.value).expect(200);
    await restore(file).expect(200);
    await lk.request.get('/viewer').set(header.name, header.value).expect(401);
    await lk.request.get(`/_latchkey/keys/${id}`).expect(404);
    expect(dump(await save())).toEqual(dump(file));
  });

  test('leaves clock, faults and journal as they are', async () => {
    const file = await save();
    lk.world.clock.advance(1_000);
    await lk.request
      .post('/_latchkey/faults')
      .send({ match: { path: '/nowhere' }, effect: { status: 503 } })
      .expect(200);
    await lk.request.get('/viewer').expect(401);
    const read = async () => {
      const calls = ['clock', 'faults', 'requests'].map(async (call) => (await lk.request.get(`/_latchkey/${call}`)).body);
      const [clock, ...rest] = await Promise.all(calls);
      return [clock.now, clock.frozen, ...rest];
    };
    const before = await read();
    await restore(file).expect(200);
    expect(await read()).toEqual(before);
  });

  test('makes the keys of the snapshot expire, and no others', async () => {
    await issueKey(lk, { provider: 'estuary', owner: 'alice', name: 'saved', expiresIn: '1h' });
    const file = await save();
    await lk.request.post('/_latchkey/reset').expect(200);
    lk.world.clock.freezeAt(epoch);
    await issueKey(lk, { provider: 'estuary', owner: 'alice', name: 'lost', expiresIn: '1h' });
    await restore(file).expect(200);
    const since = lk.world.events.lastId;
    lk.world.clock.advance(7_200_000);
    await lk.world.catchUp();
    const told = eventsSince(lk.world.events, since).flatMap(({ type, data }) =>
      type === 'key' ? [Object(data()).key.name] : [],
    );
    expect(told).toEqual(['saved']);
  });

  test('is accepted with any content type and without one', async () => {
    const file = await save();
    for (const type of ['application/octet-stream', 'application/json', 'text/plain', 'x', undefined]) {
      expect(await put(file, type === undefined ? {} : { 'content-type': type })).toEqual([200, '{"restored":true}\n']);
    }
  });

  test('of an older version is migrated to this one', async () => {
    const older = edited(await save(), `${undoMigrations} PRAGMA user_version = 1;`);
    await restore(older).expect(200);
    expect(dump(await save())).toEqual(dump(older));
    expect((await lk.request.get('/_latchkey/agenda')).body.total).toBe(3);
  });
});

describe('PUT /snapshot refuses, and the world is as it was', () => {
  test.each<[string, (file: Buffer) => Buffer, object]>([
    [
      'a text',
      () => Buffer.from('These are my notes, and no database.\n'.repeat(99)),
      refusedSnapshot('it is not an SQLite file'),
    ],
    ['a file that was cut off', (file) => file.subarray(0, -1000), refusedSnapshot('it is cut off')],
    ['its first page alone', (file) => file.subarray(0, file.readUInt16BE(16)), refusedSnapshot('it is cut off')],
    [
      'the database of another program',
      () => edited(new Database(':memory:').serialize(), 'CREATE TABLE users (id); PRAGMA user_version = 1;'),
      refusedSnapshot('it is not a database of latchkey'),
    ],
    [
      'one of a newer latchkey',
      (file) => edited(file, 'PRAGMA user_version = 99;'),
      refusedSnapshot('it was written by a newer latchkey (its version is 99, this one knows up to 4)'),
    ],
    ['a damaged page', (file) => Buffer.from(file).fill(0xff, 8192 * 2, 8192 * 3), refusedSnapshot('it is damaged')],
  ])('%s', async (_, spoil, answer) => {
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    const file = await save();
    const { body } = await restore(spoil(file)).expect(400);
    expect(body).toEqual(answer);
    expect(dump(await save())).toEqual(dump(file));
    await lk.request.get('/viewer').set(header.name, header.value).expect(200);
  });

  test.each([{}, { 'content-type': 'application/vnd.sqlite3' }])('a body of nothing, %j', async (headers) => {
    const message = 'the body must be an SQLite file, as GET /_latchkey/snapshot answers it';
    const [status, body] = await put(Buffer.alloc(0), headers);
    expect([status, JSON.parse(body)]).toEqual([400, { error: { code: 'request_invalid', message, details: null } }]);
  });

  test.each([
    ['PUT', '/_latchkey/snapshot', (1 << 30) + 1],
    ['POST', '/_latchkey/keys', (1 << 20) + 1],
    ['PUT', '/_latchkey/worlds/shop', (1 << 20) + 1],
  ])('%s %s with a body of %s bytes, before it is sent', async (method, path, length) => {
    const sending = httpRequest(`${lk.url}${path}`, { method, headers: { 'content-length': String(length) } });
    sending.flushHeaders();
    const [answer]: IncomingMessage[] = await once(sending, 'response');
    expect(answer?.statusCode).toBe(413);
    expect(JSON.parse(answer === undefined ? '' : await text(answer))).toEqual({
      error: {
        code: 'request_malformed',
        message: 'The body is too large: the control plane reads 1 MiB, and 1 GiB of a snapshot.',
        details: null,
      },
    });
    sending.destroy();
    await lk.request.get('/_latchkey/health').expect(200);
  });
});

function refusedSnapshot(problem: string): object {
  return { error: { code: 'request_invalid', message: `the snapshot cannot be used: ${problem}`, details: null } };
}

/** A snapshot after it was edited with SQLite. */
function edited(snapshot: Buffer, sql: string): Buffer {
  const db = new Database(snapshot);
  db.exec(sql);
  const file = db.serialize();
  db.close();
  return file;
}

/** Sends bytes as they are, with these headers and no others. */
async function put(file: Buffer, headers: Readonly<Record<string, string>>): Promise<[number | undefined, string]> {
  const sending = httpRequest(`${lk.url}/_latchkey/snapshot`, {
    method: 'PUT',
    headers: { ...headers, 'content-length': String(file.length) },
  });
  sending.end(file);
  const [answer]: IncomingMessage[] = await once(sending, 'response');
  return [answer?.statusCode, answer === undefined ? '' : await text(answer)];
}
