import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, bearer, bob, createKey, missingCredential, uploadOnly } from '../estuary.ts';
import { bobId, content, storeContents } from './records.ts';

const deletedAt = '2022-11-01T00:00:00Z';

/** An aggregate of size 30 with two files in it, a file outside it, and contents that one version or the other leaves out. */
const contents = [
  content(1, { size: 30, aggregate: true }),
  content(2, { size: 10, aggregatedIn: 1 }),
  content(3, { size: 20, aggregatedIn: 1 }),
  content(4, { size: 400 }),
  content(5, { size: 5_000, deletedAt }),
  content(6, { size: 60_000, active: false }),
  content(7, { size: 700_000, userId: bobId }),
];

describe.each([
  ['v0.1.11', '{"totalSize":5430,"numPins":5}\n'],
  ['v0.1.10', '{"totalSize":5430,"numPins":5}\n'],
  ['v0.4', '{"totalSize":430,"numPins":3}\n'],
])('GET /user/stats 200 in %s', (profile, totals) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const get = (by = alice) => lk.request.get('/user/stats').set('Authorization', by);

  test('a user without contents has zeros, never null', async () => {
    const answer = await get().expect(200);
    expect(answer.text).toBe('{"totalSize":0,"numPins":0}\n');
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('totals include the contents that this version includes', async () => {
    await storeContents(lk, ...contents);
    expect((await get().expect(200)).text).toBe(totals);
  });

  test("a user's totals leave out the contents of other users", async () => {
    await storeContents(lk, ...contents);
    expect((await get(bob).expect(200)).text).toBe('{"totalSize":700000,"numPins":1}\n');
  });

  test('sizes beyond 32 bits are exact', async () => {
    await storeContents(lk, content(1, { size: 34_000_000_000 }), content(2, { size: 34_000_000_001 }));
    expect((await get().expect(200)).text).toBe('{"totalSize":68000000001,"numPins":2}\n');
  });
});

describe('GET /user/stats', () => {
  const lk = emulatorForTests();

  test('401 without a credential', async () => {
    expect((await lk.request.get('/user/stats').expect(401)).text).toBe(missingCredential);
  });

  test('403 with an upload-only key', async () => {
    const { token } = await createKey(lk, '?perms=upload');
    const answer = await lk.request.get('/user/stats').set('Authorization', bearer(token)).expect(403);
    expect(answer.text).toBe(uploadOnly);
  });
});
