import { describe, expect, test } from 'vitest';
import { unimplemented } from '../../../src/providers/kps/unimplemented/index.ts';
import { emulatorForTests } from '../emulator.ts';
import { alice, apiError, unauthorized, uuidV4 } from './kps.ts';

const lk = emulatorForTests();
const sent = (method: string, path: string) => {
  const url = path.replaceAll(/\{\w+\}/g, 'x');
  if (method === 'POST') return lk.request.post(url);
  if (method === 'PUT') return lk.request.put(url);
  return method === 'DELETE' ? lk.request.delete(url) : lk.request.get(url);
};

describe('an unimplemented operation', () => {
  test.each(unimplemented)('$id answers 501 once the token is accepted', async ({ id, method, path, auth }) => {
    if (auth !== 'none') expect((await sent(method, path)).text).toBe(unauthorized);
    const answer = await sent(method, path).set('Authorization', alice);
    expect([answer.status, answer.text]).toEqual([501, apiError(501, 0, `${id} is not emulated`)]);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      link: '</_latchkey/SUPPORTED.md#kps>; rel="help"',
      'x-request-id': expect.stringMatching(uuidV4),
    });
  });
});
