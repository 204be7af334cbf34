import { describe, expect, test } from 'vitest';
import estuary from '../../../src/providers/estuary/index.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, alice, aliceToken, createKey, listKeys, tokenHash } from './estuary.ts';

const expiry = '2030-01-31T00:00:00Z';

test('the profiles are three versions of the server, v0.1.11 unless told otherwise', () => {
  expect(estuary.profiles).toEqual(['v0.1.11', 'v0.1.10', 'v0.4']);
  expect(() => estuary.emulate('v0.2')).toThrow(new RangeError('estuary has no profile v0.2'));
});

describe('v0.1.11', () => {
  const lk = emulatorForTests();

  test('a key has four fields, with the token in clear in lists too', async () => {
    const created = await lk.request.post('/user/api-keys?label=x').set('Authorization', alice).expect(200);
    const { token } = created.body;
    expect(created.text).toBe(`{"token":"${token}","tokenHash":"${tokenHash(token)}","label":"x","expiry":"${expiry}"}\n`);
    expect((await listKeys(lk)).map((key) => key.token)).toEqual([aliceToken, token]);
  });
});

describe('v0.1.10', () => {
  const lk = emulatorForTests({ profiles: { estuary: 'v0.1.10' } });

  test('a key has two fields, token and expiry; a label is ignored', async () => {
    const created = await lk.request.post('/user/api-keys?label=x').set('Authorization', alice).expect(200);
    const { token } = created.body;
    expect(created.text).toBe(`{"token":"${token}","expiry":"${expiry}"}\n`);
    const listed = await lk.request.get('/user/api-keys').set('Authorization', alice).expect(200);
    expect(listed.text).toBe(
      `[{"token":"${aliceToken}","expiry":"2031-01-01T00:00:00Z"},{"token":"${token}","expiry":"${expiry}"}]\n`,
    );
  });

  test('an ignored label is not stored either', async () => {
    const { token } = await createKey(lk, '?label=x');
    const [key] = await lk.world.keys('estuary').find({ hint: token.slice(0, 11) });
    expect(key?.name).toBe('');
  });
});

describe('v0.4', () => {
  const lk = emulatorForTests({ profiles: { estuary: 'v0.4' } });

  test('a key has five fields, and its token is shown on creation only', async () => {
    const created = await lk.request.post('/user/api-keys?label=x').set('Authorization', alice).expect(200);
    const { token } = created.body;
    const rest = `"tokenHash":"${tokenHash(token)}","label":"x","expiry":"${expiry}","isSession":false}`;
    expect(created.text).toBe(`{"token":"${token}",${rest}\n`);
    const listed = await lk.request.get('/user/api-keys').set('Authorization', alice).expect(200);
    expect(listed.text).toBe(
      `[{"token":"","tokenHash":"${tokenHash(aliceToken)}","label":"alice","expiry":"2031-01-01T00:00:00Z","isSession":false},{"token":"",${rest}]\n`,
    );
  });

  test('not even the store knows the token', async () => {
    await createKey(lk);
    const keys = await lk.world.keys('estuary').findRevealed({});
    expect(keys.map(({ secret }) => secret)).toEqual(keys.map(() => null));
  });
});

describe('the hash of a token', () => {
  const lk = emulatorForTests();

  test('is the recorded one', async () => {
    const token = 'EST6054be81-a71f-436a-a09d-8e68bbc9066dARY';
    const draft = { tenant: 'estuary', owner: '1', secret: token, hint: token.slice(0, 11), keepSecret: true };
    await lk.world.keys('estuary').issue(draft, lk.world.clock.now());
    expect((await listKeys(lk, admin)).map((key) => [key.token, key.tokenHash])).toEqual([
      ['EST00000000-0000-4000-8000-000000000001ARY', 'hl5bSM8UppJ7aLRGsiSyX-KAUNopJB9jxDHUJmlrZdM'],
      [token, 'ILQYtZztMnwdKtbNQ6htfmABF5WKhKnIoqT7LxBCffQ'],
    ]);
  });
});
