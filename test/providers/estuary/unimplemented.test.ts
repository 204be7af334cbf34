import { describe, expect, test } from 'vitest';
import { unimplemented } from '../../../src/providers/estuary/unimplemented/index.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, alice, bearer, createKey, estuaryError } from './estuary.ts';

/** The status that each caller gets, by the level that an operation requires. */
const answers: Readonly<Record<string, Readonly<Record<Caller, number>>>> = {
  none: { 'an anonymous caller': 501, 'an upload-only key': 501, 'a user': 501, 'an administrator': 501 },
  upload: { 'an anonymous caller': 401, 'an upload-only key': 501, 'a user': 501, 'an administrator': 501 },
  user: { 'an anonymous caller': 401, 'an upload-only key': 403, 'a user': 501, 'an administrator': 501 },
  admin: { 'an anonymous caller': 401, 'an upload-only key': 403, 'a user': 403, 'an administrator': 501 },
};
type Caller = 'an anonymous caller' | 'an upload-only key' | 'a user' | 'an administrator';

const methods = { DELETE: 'delete', GET: 'get', PATCH: 'patch', POST: 'post', PUT: 'put' } as const;

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('known operations that are not emulated, in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  /** Without the path that v0.4 strips to `/collections`, which is unknown. */
  const known = unimplemented.filter(({ path }) => profile !== 'v0.4' || path !== '/collections/');

  test.each<Caller>(['an anonymous caller', 'an upload-only key', 'a user', 'an administrator'])(
    'are answered with 501 to a caller who may call them, and refused to others: %s',
    async (caller) => {
      const { token } = await createKey(lk, '?perms=upload');
      const credentials = {
        'an anonymous caller': '',
        'an upload-only key': bearer(token),
        'a user': alice,
        'an administrator': admin,
      };
      for (const { id, method, path, requires, auth } of known) {
        const call = lk.request[methods[method]](`/estuary${path.replace(/\{[^}]+\}/g, 'x')}`);
        const { status } = await call.set('Authorization', credentials[caller]);
        expect([id, status]).toEqual([id, answers[auth ?? requires ?? '']?.[caller]]);
      }
    },
  );

  test('are answered in the shape of every error, with a link to the emulated operations', async () => {
    const answer = await lk.request.post('/estuary/content/add').set('Authorization', alice).expect(501);
    expect(answer.text).toBe(estuaryError(501, 'Not Implemented', 'contentAddPost is not emulated'));
    expect(answer.headers).toMatchObject({
      link: '</_latchkey/SUPPORTED.md#estuary>; rel="help"',
      'content-type': 'application/json; charset=UTF-8',
      vary: 'Origin',
    });
  });
});

test('operations that are documented but that the server never had are not among them', () => {
  const paths = unimplemented.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/deal/') || path.startsWith('/net/'))).toEqual([]);
});
