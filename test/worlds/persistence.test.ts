import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { seedsOf } from '../../src/worlds/seeds.ts';
import { issueKey } from '../control/issued-key.ts';
import { alice } from '../providers/estuary/estuary.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';

const pathOf = scratchFolder();
let serial = 0;
let db: string;
const running: TestEmulator[] = [];
beforeEach(() => {
  db = pathOf(`${serial++}/keys.sqlite`);
  mkdirSync(dirname(db));
});
afterEach(() => stop());

async function start(options: TestOptions = {}): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ db, ...options });
  running.push(emulator);
  return emulator;
}

async function stop(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

/** Stops the emulator and starts another on the same files. */
async function restart(options?: TestOptions): Promise<TestEmulator> {
  await stop();
  return start(options);
}

/** The files of worlds, without those that SQLite keeps beside an open one. */
const files = () => readdirSync(dirname(db)).filter((file) => !/-(wal|shm)$/.test(file));
const viewer = ({ request }: Pick<TestEmulator, 'request'>, world: string, authorization = alice) =>
  request.get(`/~${world}/viewer`).set('Authorization', authorization);
const listed = async ({ request }: TestEmulator) => {
  const { body } = await request.get('/_latchkey/worlds').expect(200);
  return body.worlds.map(({ name, isOpen, now }: { name: string; isOpen: boolean; now: string | null }) => [name, isOpen, now]);
};
const unusable = "The files of this world cannot be used; latchkey's log says why.";
const running2030 = expect.stringMatching(/^2030-01-01T00:/);

describe('each world has a file beside the main one', () => {
  test.each([
    ['keys.sqlite', 'keys.~shop.sqlite'],
    ['keys', 'keys.~shop.sqlite'],
    ['.keys', '.keys.~shop.sqlite'],
    ['my.keys.db', 'my.keys.~shop.db'],
  ])('%s has %s, made with the world', async (main, ofShop) => {
    db = `${dirname(db)}/${main}`;
    const emulator = await start();
    expect(files()).toEqual([main]);
    await viewer(emulator, 'shop').expect(200);
    expect(files().toSorted()).toEqual([main, ofShop].toSorted());
    expect((await listed(await restart())).map(([name]: [string]) => name)).toEqual(['default', 'shop']);
  });

  test('nothing is left of a world that was dropped', async () => {
    const emulator = await start();
    await viewer(emulator, 'shop').expect(200);
    expect(readdirSync(dirname(db)).filter((file) => file.includes('~shop')).length).toBeGreaterThan(1);
    await emulator.request.delete('/_latchkey/worlds/shop').expect(200);
    expect(readdirSync(dirname(db)).filter((file) => file.includes('~'))).toEqual([]);
    await viewer(emulator, 'default').expect(200);
  });

  describe('the own seed of a world outlives a restart', () => {
    const secret = 'ESTcarolARY';
    const seed = { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret }] } };
    const make = async () => {
      const emulator = await start();
      await emulator.request.put('/_latchkey/worlds/shop').send({ seed }).expect(200);
      return emulator;
    };
    const credentials = async ({ request }: TestEmulator, world: string) => {
      const { body } = await request.get(`/~${world}/_latchkey/credentials`).expect(200);
      return body.estuary.credentials.map(({ name }: { readonly name: string }) => name).toSorted();
    };

    test('the credentials are the same, and a reset brings the seed back', async () => {
      await make();
      const emulator = await restart();
      expect(await credentials(emulator, 'shop')).toEqual(['admin', 'carol']);
      await emulator.request.post('/~shop/_latchkey/reset').expect(200);
      await viewer(emulator, 'shop', `Bearer ${secret}`).expect(200);
      await viewer(emulator, 'shop').expect(401);
    });

    test('only the user may read its file, which is removed with the world', async () => {
      const emulator = await make();
      expect(statSync(`${dirname(db)}/keys.~shop.seed.json`).mode & 0o777).toBe(0o600);
      expect(files().toSorted()).toEqual(['keys.sqlite', 'keys.~shop.seed.json', 'keys.~shop.sqlite']);
      await emulator.request.delete('/_latchkey/worlds/shop').expect(200);
      expect(files()).toEqual(['keys.sqlite']);
      await viewer(emulator, 'shop').expect(200);
    });

    test('the seed that is left of a world that could not be made is ignored', async () => {
      writeFileSync(`${dirname(db)}/keys.~shop.seed.json`, JSON.stringify(seed));
      await viewer(await start(), 'shop').expect(200);
      expect(await credentials(await restart(), 'shop')).toEqual(['admin', 'alice', 'bob']);
    });

    test('a world whose seed cannot be read any more is refused and left as it is', async () => {
      await make();
      await stop();
      writeFileSync(`${dirname(db)}/keys.~shop.seed.json`, '{');
      const emulator = await start();
      const { body } = await viewer(emulator, 'shop').expect(500);
      expect(body.error).toEqual({ code: 'world_unusable', message: unusable, details: null });
      expect(files()).toContain('keys.~shop.sqlite');
    });
  });

  test('a world whose seed is refused has no files', async () => {
    const { worlds } = await start();
    const seeds = seedsOf(new Map([['estuary', { keys: [{ owner: 'eve' }] }]]));
    await expect(worlds.create('shop', seeds)).rejects.toThrow('/estuary/keys/0/owner there is no user "eve"');
    expect(files()).toEqual(['keys.sqlite']);
    expect(worlds.names()).toEqual(['default']);
    await worlds.create('shop');
  });

  test('files of other programs are left alone', async () => {
    const others = ['keys.~Shop.sqlite', 'keys.~shop.sqlite.bak', 'keys.~.sqlite', 'other.~shop.sqlite', 'keys.~a.b.sqlite'];
    for (const other of others) writeFileSync(`${dirname(db)}/${other}`, other);
    const emulator = await start();
    expect(await listed(emulator)).toEqual([['default', true, running2030]]);
    await emulator.request.delete('/_latchkey/worlds/shop').expect(404);
    for (const other of others) expect(readFileSync(`${dirname(db)}/${other}`, 'utf8')).toBe(other);
  });
});

describe('after a restart', () => {
  test('a world is as it was: keys are accepted, revoked ones are not, and it is not seeded again', async () => {
    const first = await start();
    const { header } = await issueKey(first, { provider: 'estuary', owner: 'alice' }, '/~shop');
    await first.request
      .delete(`/~shop/user/api-keys/${alice.slice(7)}`)
      .set('Authorization', alice)
      .expect(200);
    const keys = async ({ request }: TestEmulator) => (await request.get('/~shop/_latchkey/keys').expect(200)).body;
    const before = await keys(first);
    const second = await restart();
    expect(await keys(second)).toEqual(before);
    await viewer(second, 'shop', header.value).expect(200);
    await viewer(second, 'shop').expect(401);
    await viewer(second, 'default').expect(200);
    await viewer(second, 'default', header.value).expect(401);
  });

  test('a world is listed before its first use, and opened by it', async () => {
    await viewer(await start(), 'shop').expect(200);
    const emulator = await restart();
    expect(await listed(emulator)).toEqual([
      ['default', true, running2030],
      ['shop', false, null],
    ]);
    await viewer(emulator, 'shop').expect(200);
    expect(await listed(emulator)).toEqual([
      ['default', true, running2030],
      ['shop', true, running2030],
    ]);
  });

  test('a world that is not open yet cannot be made again, but dropped', async () => {
    await viewer(await start(), 'shop').expect(200);
    const { request } = await restart();
    const exists = { error: { code: 'world_exists', message: 'The world shop exists already.', details: null } };
    expect((await request.put('/_latchkey/worlds/shop').expect(409)).body).toEqual(exists);
    expect((await request.delete('/_latchkey/worlds/shop').expect(200)).body).toEqual({ dropped: 'shop' });
    expect(files()).toEqual(['keys.sqlite']);
    await request.put('/_latchkey/worlds/shop').expect(200);
  });

  test('worlds that are not open do not count towards the limit', async () => {
    const first = await start();
    for (const world of ['a', 'b', 'c']) await viewer(first, world).expect(200);
    const second = await restart({ maxWorlds: 2 });
    await viewer(second, 'b').expect(200);
    await viewer(second, 'c').expect(507);
    expect((await listed(second)).map(([name]: [string]) => name)).toEqual(['default', 'a', 'b', 'c']);
    await second.worlds.drop('b');
    await viewer(second, 'c').expect(200);
  });
});

describe('a file that cannot be used', () => {
  const damage = () => writeFileSync(db.replace('.sqlite', '.~bad.sqlite'), 'These are my notes, and no database.\n'.repeat(200));

  test('is reported by every request to its world, and affects no other world', async () => {
    damage();
    const { logger, lines } = keptLog('error');
    const emulator = await start({ logger });
    for (const path of ['/viewer', '/kps/v1.0/users', '/v0/x', '/v1/orgs/self', '/_latchkey/clock', '/nowhere']) {
      const { body } = await emulator.request.get(`/~bad${path}`).expect(500);
      expect(body).toEqual({ error: { code: 'world_unusable', message: unusable, details: null } });
    }
    // Found 6.18: what only the owner of the files may know is in the log.
    expect(lines.join()).toContain(`cannot use the database ${db.replace('.sqlite', '.~bad.sqlite')}: `);
    await viewer(emulator, 'good').expect(200);
    expect(readFileSync(db.replace('.sqlite', '.~bad.sqlite'), 'utf8')).toContain('These are my notes');
  });

  test('can be dropped with its world', async () => {
    damage();
    const { request } = await start();
    await request.put('/_latchkey/worlds/bad').expect(409);
    await request.delete('/_latchkey/worlds/bad').expect(200);
    await request.put('/_latchkey/worlds/bad').expect(200);
  });
});

describe('one process at a time', () => {
  test('a second emulator on the same files is refused, and the worlds of the first are not disturbed', async () => {
    const first = await start();
    const { header } = await issueKey(first, { provider: 'estuary', owner: 'alice' }, '/~shop');
    await expect(start()).rejects.toThrow(new DatabaseError(`cannot use the database ${db}: another process is using it`));
    await viewer(first, 'shop', header.value).expect(200);
    await viewer(first, 'default').expect(200);
  });
});
