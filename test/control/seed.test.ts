import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Latchkey, type StartOptions, startLatchkey } from '../../src/library.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { stateOf } from './world-state.ts';

// found 3.13

let folder = '';
const running: Latchkey[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-seed-'));
});
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));
afterAll(() => rmSync(folder, { recursive: true }));

const user = (name: string) => ({ estuary: { users: [{ username: name }], keys: [{ owner: name, name }] } });
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const seedFile = (...names: string[]) => JSON.stringify(user(names.join('')));

async function start(options: StartOptions = {}): Promise<Latchkey> {
  const lk = await startLatchkey({ providers: ['estuary'], ...options });
  running.push(lk);
  return lk;
}
/** The names of its keys, without that of the first administrator. */
const names = async (lk: Latchkey) => (await lk.keys.list()).map(({ name }) => name).filter((name) => name !== 'admin');
const post = (lk: Latchkey, body?: object) => supertest(lk.url).post('/_latchkey/seed').send(body);

describe('POST /seed without a body', () => {
  test('reads the file again, and resets all worlds to it but those with a seed of their own', async () => {
    write('again.json', seedFile('old'));
    const lk = await start({ seed: join(folder, 'again.json') });
    const other = lk.world('other');
    const own = await lk.createWorld('own', user('owner'));
    expect([await names(lk), await names(other)]).toEqual([['old'], ['old']]);
    write('again.json', seedFile('new'));
    await lk.reset();
    expect(await names(lk)).toEqual(['old']);
    expect((await post(lk).expect(200)).body).toEqual({ worlds: ['default', 'other'] });
    expect([await names(lk), await names(other), await names(own)]).toEqual([['new'], ['new'], ['owner']]);
    expect(await names(lk.world('later'))).toEqual(['new']);
    await lk.reset();
    expect(await names(lk)).toEqual(['new']);
  });

  test('in a world with a seed of its own: it gives that up', async () => {
    write('shared.json', seedFile('shared'));
    const lk = await start({ seed: join(folder, 'shared.json') });
    const own = await lk.createWorld('own', user('owner'));
    expect((await post(own, {}).expect(200)).body).toEqual({ worlds: ['default', 'own'] });
    expect(await names(own)).toEqual(['shared']);
  });

  test.each([
    ['{"estuary":{"keys":[{"owner":"nobody"}]}}', ':1: /estuary/keys/0/owner there is no user "nobody"', '/estuary/keys/0/owner'],
    ['{"rocket":{}}', /:1: \/rocket is not a provider: the providers are /, '/rocket'],
    ['{"estuary":', /line 1: /, undefined],
    ['[]', ':1: the file must be an object, with a section for each provider', undefined],
  ])('refuses a file with %s, and changes nothing', async (text, problem, path) => {
    write('bad.json', seedFile('good'));
    const file = join(folder, 'bad.json');
    const lk = await start({ seed: file });
    const key = await lk.keys.issue({ provider: 'estuary', owner: 'good', name: 'issued' });
    write('bad.json', text);
    const { error } = (await post(lk).expect(400)).body;
    expect(error.code).toBe('request_invalid');
    expect(error.message.startsWith(file)).toBe(true);
    expect(error.message.slice(file.length)).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
    expect(error.details?.map((one: { path: string }) => one.path)).toEqual(path === undefined ? undefined : [path]);
    expect((await lk.keys.get(key.key.id)).state).toBe('active');
    await lk.reset();
    expect(await names(lk)).toEqual(['good']);
  });

  test.each([[{}], [{ seed: 'none' }], [{ seed: user('given') }]])('is refused for %j: there is no file', async (options) => {
    const lk = await start(options);
    expect((await post(lk).expect(409)).body).toEqual({
      error: {
        code: 'no_seed_file',
        message:
          'latchkey was started without a seed file, so there is none to read again: start it with --seed FILE, or send {"seed": …}.',
        details: null,
      },
    });
  });
});

describe('POST /seed {"seed": …}', () => {
  test('takes it for this world alone, and resets to it', async () => {
    const lk = await start();
    const other = lk.world('other');
    const before = await names(lk);
    await lk.clock.advance('1h');
    expect((await post(other, { seed: user('eve') }).expect(200)).body).toEqual({ worlds: ['other'] });
    expect([await names(lk), await names(other)]).toEqual([before, ['eve']]);
    await other.keys.issue({ provider: 'estuary', owner: 'eve', name: 'issued' });
    await other.reset();
    expect(await names(other)).toEqual(['eve']);
    const { worlds } = (await supertest(lk.url).get('/_latchkey/worlds').expect(200)).body;
    expect(worlds.map((one: Record<string, unknown>) => [one['name'], one['hasOwnSeed']])).toEqual([
      ['default', false],
      ['other', true],
    ]);
  });

  test('by the client: it knows the new credentials', async () => {
    const lk = await start();
    const seeded = await lk.seed({ estuary: { users: [{ username: 'fay' }], keys: [{ owner: 'fay', secret: 'ESTfayARY' }] } });
    expect(Object.values(seeded.credentials.estuary).map(({ secret }) => secret)).toContain('ESTfayARY');
    expect(Object.keys(seeded.world('next').credentials.estuary)).toEqual(Object.keys(lk.credentials.estuary));
    await expect(lk.seed()).rejects.toThrow('started without a seed file');
  });

  test('is kept beside the database of a world, in a file for its owner alone', async () => {
    const db = join(folder, 'kept.sqlite');
    const first = await start({ db });
    await first.world('w').seed(user('gil'));
    await first.world('w').seed(user('hal'));
    const kept = readdirSync(folder).filter((name) => name.includes('.seed.json'));
    expect(kept).toEqual(['kept.~w.seed.json']);
    expect(JSON.parse(readFileSync(join(folder, 'kept.~w.seed.json'), 'utf8'))).toEqual(user('hal'));
    await running.splice(0)[0]?.close();
    const again = await start({ db });
    await again.world('w').reset();
    expect(await names(again.world('w'))).toEqual(['hal']);
    await again.world('w').drop();
    expect(readdirSync(folder).filter((name) => name.startsWith('kept.~'))).toEqual([]);
  });
});

describe('a seed that cannot be used', () => {
  const lk = emulatorForTests();

  test.each([
    [{ seed: { estuary: { keys: [{ owner: 'nobody' }] } } }, '/seed/estuary/keys/0/owner'],
    [{ seed: { rocket: {} } }, '/seed/rocket'],
    [{ seed: [] }, '/seed'],
    [{ sed: {} }, '/sed'],
    [{ seed: { estuary: { users: [{ username: 'u' }, { username: 'u' }] } } }, '/seed/estuary'],
  ])('%j is refused with its field, and nothing changes', async (body, path) => {
    const before = await stateOf(lk);
    const { error } = (await lk.request.post('/_latchkey/seed').send(body).expect(400)).body;
    expect(error.code).toBe('request_invalid');
    expect(error.details[0].path.startsWith(path)).toBe(true);
    expect(await stateOf(lk)).toBe(before);
    const credentials = await lk.world.credentials();
    await lk.request.post('/_latchkey/reset').expect(200);
    expect(await lk.world.credentials()).toEqual(credentials);
  });
});
