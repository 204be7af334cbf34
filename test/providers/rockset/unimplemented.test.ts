import { describe, expect, test } from 'vitest';
import { unimplemented } from '../../../src/providers/rockset/unimplemented.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, expectError, forbidden, reader } from './rockset.ts';

const lk = emulatorForTests();
const call = (method: string, path: string, by?: string) =>
  fetch(`${lk.url}/rockset${path.replaceAll(/\{\w+\}/g, 'x')}`, {
    method,
    headers: by === undefined ? {} : { authorization: by },
  });

describe('known operations that are not emulated', () => {
  test.each(unimplemented.map((operation) => [operation.id, operation] as const))(
    '%s answers 501 to a key that may call it, and refuses all others first',
    async (id, { method, path, auth }) => {
      const answer = await call(method, path, admin);
      expect(answer.status).toBe(501);
      expect(await answer.json()).toMatchObject({ type: 'NOTIMPLEMENTEDYET', message: `${id} is not emulated` });
      expect(answer.headers.get('link')).toBe('</_latchkey/SUPPORTED.md#rockset>; rel="help"');
      expect((await call(method, path)).status).toBe(auth === 'none' ? 501 : 401);
    },
  );

  test('an operation requires its action', async () => {
    const query = (by: string) => lk.request.post('/v1/orgs/self/queries').set('Authorization', by);
    expectError(await query(reader), 501, 'NOTIMPLEMENTEDYET', 'query is not emulated');
    const create = (by: string) => lk.request.post('/v1/orgs/self/ws').set('Authorization', by);
    expectError(await create(reader), 403, 'FORBIDDEN', forbidden);
    expectError(await create(admin), 501, 'NOTIMPLEMENTEDYET', 'createWorkspace is not emulated');
  });

  test('a body is not read', async () => {
    const answer = await lk.request.post('/v1/orgs/self/queries').set('Authorization', admin).type('form').send('{');
    expectError(answer, 501, 'NOTIMPLEMENTEDYET', 'query is not emulated');
  });
});
