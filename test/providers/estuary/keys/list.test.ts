import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, aliceToken, bearer, bob, createKey, listKeys, tokenHash } from '../estuary.ts';

const lk = emulatorForTests();
const list = (by = alice) => lk.request.get('/user/api-keys').set('Authorization', by);

describe('GET /user/api-keys 200', () => {
  test('an element has the four fields of v0.1.11 in wire order, the token in clear, and a newline ends the answer', async () => {
    const answer = await list().expect(200);
    expect(answer.text).toBe(
      `[{"token":"${aliceToken}","tokenHash":"${tokenHash(aliceToken)}","label":"alice","expiry":"2031-01-01T00:00:00Z"}]\n`,
    );
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=UTF-8', vary: 'Origin' });
  });

  test('keys come in the order of their creation, the calling key and sessions included', async () => {
    const first = await createKey(lk, '?label=first');
    const { body: session } = await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' });
    const last = await createKey(lk, '?label=last&perms=upload&expiry=-1h');
    const { body } = await list(bearer(session.token)).expect(200);
    expect(body.map(({ token, label }: { token: string; label: string }) => [token, label])).toEqual([
      [aliceToken, 'alice'],
      [first.token, 'first'],
      [session.token, 'on-login'],
      [last.token, 'last'],
    ]);
  });

  test('the list shows a key as its creation answered it', async () => {
    const created = await createKey(lk, '?label=ci&expiry=1h30m');
    expect((await listKeys(lk)).at(-1)).toEqual(created);
  });

  test('neither perms nor ids nor creation dates are shown', async () => {
    await createKey(lk, '?perms=upload');
    for (const key of await listKeys(lk)) expect(Object.keys(key)).toEqual(['token', 'tokenHash', 'label', 'expiry']);
  });

  test("another user's keys are not listed", async () => {
    const { token } = await createKey(lk);
    expect((await listKeys(lk, bob)).map((key) => key.token)).not.toContain(token);
  });

  test('there is no paging and no filter: parameters change nothing', async () => {
    await createKey(lk);
    const { text } = await list();
    const answer = await lk.request.get('/user/api-keys?limit=1&offset=1&label=alice').set('Authorization', alice).expect(200);
    expect(answer.text).toBe(text);
  });

  test('Accept is ignored', async () => {
    const answer = await list().set('Accept', 'text/html').expect(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('a label survives the escapes of the encoder', async () => {
    await createKey(lk, `?label=${encodeURIComponent('<a href="x">&\u2028\u2029\b\f\n\\\u00e9\u{1f511}')}`);
    const answer = await list();
    expect(answer.text).toContain(
      String.raw`"label":"\u003ca href=\"x\"\u003e\u0026\u2028\u2029\u0008\u000c\n\\é${'\u{1f511}'}"`,
    );
    expect(answer.body.at(-1).label).toBe('<a href="x">&\u2028\u2029\b\f\n\\\u00e9\u{1f511}');
  });
});
