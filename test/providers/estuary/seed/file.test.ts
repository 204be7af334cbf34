import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../../src/package.ts';
import { loadProviders } from '../../../../src/providers/index.ts';
import { loadSeeds } from '../../../../src/server/seed-file.ts';
import { SeedFileError } from '../../../../src/worlds/seeds.ts';
import { emulatorForTests, epoch, type TestEmulator } from '../../emulator.ts';
import { listInvites, loginStatus } from '../accounts.ts';
import { adminToken, bearer, estuaryError, listKeys, unknownToken } from '../estuary.ts';

const providers = await loadProviders();
const example = await loadSeeds({
  name: 'estuary.yaml',
  folder: join(root, 'examples', 'seeds'),
  modules: providers,
  providers: [],
  now: epoch,
});
const scratch = mkdtempSync(join(tmpdir(), 'latchkey-estuary-seed-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The token of a key of the example, by the key's name. */
async function tokenOf({ world }: TestEmulator, name: string): Promise<string> {
  const found = (await world.credentials()).get('estuary')?.find((one) => one.name === name);
  return found?.secret ?? '';
}

describe('the example', () => {
  const lk = emulatorForTests({ seeds: example });
  const as = async (name: string) => bearer(await tokenOf(lk, name));
  const get = async (path: string, name: string) => lk.request.get(path).set('Authorization', await as(name));

  test('has users of every level with their settings, beside the first administrator', async () => {
    const olga = { username: 'olga', perms: 10, id: 10 };
    expect((await get('/viewer', 'operations')).body).toMatchObject(olga);
    expect((await get('/viewer', 'laptop')).body).toMatchObject({ perms: 1, settings: { contentAddingDisabled: true } });
    expect((await get('/user/stats', 'laptop')).status).toBe(403);
    await lk.request.get('/admin/users').set('Authorization', bearer(adminToken)).expect(200);
    const { body } = await lk.request.post('/check-api-key').send({ token: await tokenOf(lk, 'backup') });
    expect(body.user).toEqual({ username: 'carol', perm: 2, email: 'carol@example.com' });
  });

  test('has passwords, given or derived from the name', async () => {
    expect(await loginStatus(lk, 'dave', 'dave-password-hash')).toBe(200);
    expect(await loginStatus(lk, 'carol', '$2a$10$PXjYm6UFfz4GMxmUDtO4yeGvQbKoX8h0hFhG4Yl0m3W0l4e8Y3a5K')).toBe(200);
    expect(await loginStatus(lk, 'carol', 'carol-password-hash')).toBe(403);
  });

  test('has invites, free and claimed', async () => {
    expect(await listInvites(lk)).toEqual([
      { code: 'spring-2023', createdBy: 'olga', claimedBy: 'dave', createdAt: '2023-03-01T09:00:00Z' },
      { code: 'welcome', createdBy: 'olga', claimedBy: '', createdAt: '2030-01-01T00:00:00Z' },
    ]);
    const registration = { username: 'frank', passwordHash: 'x', inviteCode: 'welcome' };
    await lk.request.post('/register').send(registration).expect(200);
    const used = { ...registration, username: 'grace', inviteCode: 'spring-2023' };
    expect((await lk.request.post('/register').send(used).expect(400)).body.error.reason).toBe('ERR_INVITE_ALREADY_USED');
  });

  test('has contents and deals, from which stats, export and the list of users are computed', async () => {
    expect((await get('/user/stats', 'backup')).body).toEqual({ totalSize: 3500, numPins: 3 });
    expect((await get('/admin/users', 'operations')).body).toEqual([
      { id: 20, username: 'carol', spaceUsed: 7000, numFiles: 3 },
      { id: 21, username: 'dave', spaceUsed: 12, numFiles: 1 },
    ]);
    const { Contents, Deals } = (await get('/user/export', 'backup')).body.Version1;
    expect(Contents).toMatchObject([
      { id: 1, name: 'bundle', aggregate: true },
      { id: 2, aggregatedIn: 1 },
      { id: 3, type: 2, updatedAt: '2023-01-15T10:30:00Z' },
    ]);
    expect(Deals).toMatchObject([
      { ID: 1, content: 1, user_id: 20, dealId: 777, onChainAt: '2023-01-16T00:00:00Z', failed: false },
      { ID: 2, content: 1, miner: 'f05678', failed: true, failedAt: '2023-01-17T00:00:00Z' },
    ]);
    const cids = Contents.map(({ cid }: { cid: string }) => cid);
    for (const cid of cids) expect(cid).toMatch(/^bafkrei[a-z2-7]{52}$/);
    expect(new Set(cids).size).toBe(3);
    expect(Deals[0].propCid).toMatch(/^bafyrei[a-z2-7]{52}$/);
  });

  test('has keys in every state, each with the answer of that state', async () => {
    const expected: readonly [name: string, refusal: string | undefined][] = [
      ['operations', undefined],
      ['backup', undefined],
      ['browser-uploads', undefined],
      ['on-login', undefined],
      ['last-year', estuaryError(401, 'ERR_TOKEN_EXPIRED', 'token for user 20 expired 2022-02-01 00:00:00 +0000 UTC')],
      ['expired', estuaryError(401, 'ERR_TOKEN_EXPIRED', 'token for user 21 expired 2029-12-31 23:59:59 +0000 UTC')],
      ['stopped', unknownToken],
      ['leaked', unknownToken],
      ['laptop', undefined],
    ];
    for (const [name, refusal] of expected) {
      const answer = await get('/viewer', name);
      expect([name, answer.status === 200 ? undefined : answer.text]).toEqual([name, refusal]);
    }
  });

  test('has keys with the expiry, the grants and the dates that it gives them', async () => {
    expect((await get('/user/stats', 'browser-uploads')).status).toBe(403);
    const labels = (await listKeys(lk, await as('backup'))).map(({ label, expiry }) => [label, expiry]);
    expect(labels).toEqual([
      ['backup', '2031-01-01T00:00:00Z'],
      ['browser-uploads', '2030-01-01T00:05:00Z'],
      ['on-login', '2030-01-31T00:00:00Z'],
      ['last-year', '2022-02-01T00:00:00Z'],
    ]);
    lk.world.clock.advance(5 * 60_000 + 1);
    expect((await get('/viewer', 'browser-uploads')).body.error.reason).toBe('ERR_TOKEN_EXPIRED');
    const old = (await lk.world.keys('estuary').find({ name: 'last-year' }))[0];
    expect(old).toMatchObject({ createdAt: Date.UTC(2022, 0, 1), lastUsedAt: Date.UTC(2022, 0, 31, 23, 59, 59) });
  });
});

describe('every problem of a seed file is reported with its path', () => {
  const problemsOf = async (section: object) => {
    writeFileSync(join(scratch, 'seed.json'), JSON.stringify({ estuary: section }));
    const loading = loadSeeds({ name: 'seed.json', folder: scratch, modules: providers, providers: [], now: epoch });
    const error: unknown = await loading.catch((thrown: unknown) => thrown);
    if (!(error instanceof SeedFileError)) throw new Error('this seed was accepted');
    return error.problems.map((problem) => problem.replace(/^seed\.json:\d+: \/estuary/, ''));
  };
  const carol = { username: 'carol' };

  test.each<[what: string, section: object, problems: readonly string[]]>([
    ['the owner of a key', { keys: [{ owner: 'nobody' }] }, ['/keys/0/owner there is no user "nobody"']],
    ['the owner of a content', { contents: [{ owner: 'nobody' }] }, ['/contents/0/owner there is no user "nobody"']],
    [
      'the people of an invite',
      { invites: [{ code: 'x', createdBy: 'eve', claimedBy: 'mallory' }] },
      ['/invites/0/createdBy there is no user "eve"', '/invites/0/claimedBy there is no user "mallory"'],
    ],
    ['the content of a deal', { deals: [{ content: 9 }] }, ['/deals/0/content there is no content 9']],
    [
      'the owner of a deal',
      { users: [carol], contents: [{ owner: 'carol', id: 1 }], deals: [{ content: 1, owner: 'eve' }] },
      ['/deals/0/owner there is no user "eve"'],
    ],
    [
      'an aggregate that does not exist, or is not an aggregate',
      {
        users: [carol],
        contents: [
          { owner: 'carol', id: 1 },
          { owner: 'carol', id: 2, aggregatedIn: 1 },
          { owner: 'carol', id: 3, aggregatedIn: 4 },
        ],
      },
      ['/contents/1/aggregatedIn content 1 is not an aggregate', '/contents/2/aggregatedIn there is no content 4'],
    ],
    [
      'two users of one name, in any case',
      { users: [carol, { username: 'CAROL' }] },
      ['/users/1/username "carol" is there already'],
    ],
    [
      'two users of one id',
      {
        users: [
          { username: 'carol', id: 7 },
          { username: 'dave', id: 7 },
        ],
      },
      ['/users/1/id 7 is there already'],
    ],
    ['two invites of one code', { invites: [{ code: 'x' }, { code: 'x' }] }, ['/invites/1/code "x" is there already']],
    [
      'two contents of one id, and two deals',
      {
        users: [carol],
        contents: [
          { owner: 'carol', id: 1 },
          { owner: 'carol', id: 1 },
        ],
        deals: [
          { content: 1, id: 5 },
          { content: 1, id: 5 },
        ],
      },
      ['/contents/1/id 1 is there already', '/deals/1/id 5 is there already'],
    ],
    [
      'two keys of one secret',
      {
        keys: [
          { owner: 'admin', name: 'a', secret: 'same' },
          { owner: 'admin', name: 'b', secret: 'same' },
        ],
      },
      ['/keys/1/secret "same" is there already'],
    ],
    [
      'texts that are not dates',
      {
        users: [carol],
        invites: [{ code: 'x', createdAt: 'yesterday' }],
        contents: [{ owner: 'carol', id: 1, updatedAt: '2023-02-30T00:00:00Z' }],
        deals: [{ content: 1, onChainAt: '2023' }],
      },
      [
        '/invites/0/createdAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "yesterday"',
        '/contents/0/updatedAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "2023-02-30T00:00:00Z"',
        '/deals/0/onChainAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "2023"',
      ],
    ],
    [
      'a state that contradicts the expiry',
      { keys: [{ owner: 'admin', name: 'x', state: 'expired', expiresIn: '1h' }] },
      ['/keys/0/state is expired, but the expiry is in the future'],
    ],
    [
      'unknown fields, and values that do not fit',
      { users: [{ username: 'carol', role: 'admin' }], keys: [{ owner: 'admin', perms: 'read' }], contents: [{ size: -1 }] },
      [
        '/users/0/role is an unknown field: expected username, id, level, passwordHash, email, flags, storageDisabled, address, miners',
        '/contents/0/owner is missing',
        '/contents/0/size must be at least 0, not -1',
        '/keys/0/perms must be one of all, upload, not "read"',
      ],
    ],
  ])('%s', async (_what, section, problems) => {
    expect((await problemsOf(section)).toSorted()).toEqual(problems.toSorted());
  });
});

describe('a key that is added to a running world', () => {
  const lk = emulatorForTests();

  test('may belong to a user who registered there', async () => {
    const registration = { username: 'carol', passwordHash: 'x', inviteCode: 'latchkey' };
    await lk.request.post('/register').send(registration).expect(200);
    const { credential } = await lk.world.addKey('estuary', { owner: 'Carol', name: 'ci', perms: 'upload' });
    expect(credential.description).toBe('user carol, level 2, upload only');
    await lk.request
      .get('/viewer')
      .set('Authorization', credential.header?.value ?? '')
      .expect(200);
  });
});
