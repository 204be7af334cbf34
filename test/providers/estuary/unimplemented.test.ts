import { describe, expect, test } from 'vitest';
import { unimplemented } from '../../../src/providers/estuary/unimplemented/index.ts';
import { emulatorForTests } from '../../support/emulator.ts';
import { admin, alice, bearer, createKey, estuaryError } from './estuary.ts';

/** By what an operation demands: the status that each kind of caller gets. */
const answers: Readonly<Record<string, Readonly<Record<Caller, number>>>> = {
  none: { nobody: 501, 'an upload-only key': 501, 'a user': 501, 'an administrator': 501 },
  upload: { nobody: 401, 'an upload-only key': 501, 'a user': 501, 'an administrator': 501 },
  user: { nobody: 401, 'an upload-only key': 403, 'a user': 501, 'an administrator': 501 },
  admin: { nobody: 401, 'an upload-only key': 403, 'a user': 403, 'an administrator': 501 },
};
type Caller = 'nobody' | 'an upload-only key' | 'a user' | 'an administrator';

const methods = { DELETE: 'delete', GET: 'get', PATCH: 'patch', POST: 'post', PUT: 'put' } as const;

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('operations that are known and not emulated, in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  /** The one path that v0.4 reads as another, which is not known. */
  const known = unimplemented.filter(({ path }) => profile !== 'v0.4' || path !== '/collections/');

  test.each<Caller>(['nobody', 'an upload-only key', 'a user', 'an administrator'])(
    'are told to those who may call them, and to nobody else: %s',
    async (caller) => {
      const { token } = await createKey(lk, '?perms=upload');
      const credentials = { nobody: '', 'an upload-only key': bearer(token), 'a user': alice, 'an administrator': admin };
      for (const { id, method, path, requires, auth } of known) {
        const call = lk.request[methods[method]](`/estuary${path.replace(/\{[^}]+\}/g, 'x')}`);
        const { status } = await call.set('Authorization', credentials[caller]);
        expect([id, status]).toEqual([id, answers[auth ?? requires ?? '']?.[caller]]);
      }
    },
  );

  test('say so in the shape of every error, and lead to what is emulated', async () => {
    const answer = await lk.request.post('/estuary/content/add').set('Authorization', alice).expect(501);
    expect(answer.text).toBe(estuaryError(501, 'Not Implemented', 'contentAddPost is not emulated'));
    expect(answer.headers).toMatchObject({
      link: '</_latchkey/SUPPORTED.md#estuary>; rel="help"',
      'content-type': 'application/json; charset=UTF-8',
      vary: 'Origin',
    });
  });
});

test('what the documentation has where the server had nothing is not known either', () => {
  const paths = unimplemented.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/deal/') || path.startsWith('/net/'))).toEqual([]);
});
