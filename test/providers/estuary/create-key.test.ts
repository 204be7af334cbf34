import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../support/emulator.ts';
import { alice, bearer, estuaryError } from './estuary.ts';

const lk = emulatorForTests();
const create = (query = '') => lk.request.post(`/user/api-keys${query}`).set('Authorization', alice);

describe('POST /user/api-keys 200', () => {
  test('a key without an expiry lives 30 days, and the answer has the four fields of v0.1.11 in wire order', async () => {
    const answer = await create().expect(200);
    const { token, tokenHash } = answer.body;
    expect(token).toMatch(/^EST[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}ARY$/);
    expect(tokenHash).toMatch(/^[\w-]{43}$/);
    expect(answer.text).toBe(`{"token":"${token}","tokenHash":"${tokenHash}","label":"","expiry":"2030-01-31T00:00:00Z"}\n`);
  });

  test('the key works at once', async () => {
    const { body } = await create().expect(200);
    await lk.request.get('/viewer').set('Authorization', bearer(body.token)).expect(200);
  });
});

describe('POST /user/api-keys 500', () => {
  test('a unit that Go does not know is answered with the text of its parser, and nothing is stored', async () => {
    const before = await lk.request.get('/user/api-keys').set('Authorization', alice);
    const answer = await create('?expiry=1d').expect(500);
    expect(answer.text).toBe(estuaryError(500, 'Internal Server Error', 'time: unknown unit "d" in duration "1d"'));
    const after = await lk.request.get('/user/api-keys').set('Authorization', alice);
    expect(after.body).toEqual(before.body);
  });
});
