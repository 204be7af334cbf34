import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, bearer, bob, createKey, missingCredential, uploadOnly } from '../estuary.ts';
import { bobId, content, deal, storeContents, storeDeals } from './records.ts';

const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';
const oldContent = `{"id":1,"updatedAt":"2022-10-25T22:26:07.123456Z","cid":"${cid}","name":"file1.txt","userId":2,"description":"","size":100,"type":1,"active":true,"offloaded":false,"replication":6,"aggregatedIn":0,"aggregate":false,"pinning":false,"pinMeta":"","replace":false,"origins":"","failed":false,"location":"local","dagSplit":false,"splitFrom":0}`;
const newContent = `{"id":1,"createdAt":"2022-10-25T22:26:07.123456Z","updatedAt":"2022-10-25T22:26:07.123456Z","cid":"${cid}","name":"file1.txt","userId":2,"description":"","size":100,"type":1,"active":true,"offloaded":false,"replication":6,"aggregatedIn":0,"aggregate":false,"pinning":false,"pinMeta":"","replace":false,"origins":"","failed":false,"location":"local","dagSplit":false,"splitFrom":0,"pinningStatus":"","dealStatus":""}`;
const wireDeal =
  '{"ID":9,"CreatedAt":"2022-10-25T22:26:07.123456Z","UpdatedAt":"2022-10-25T22:26:07.123456Z","DeletedAt":null,"content":1,"user_id":2,"propCid":"bafyreigdwjlbdcxyhbgzdcvpcn3lmrnwzbbhhqzdfyk5uljvpfkiyoqfsq","dealUuid":"7ca4c0c1-9f0a-4f0e-8f5c-0a8f6f1f6a4e","miner":"f01234","dealId":777,"failed":false,"verified":true,"slashed":false,"failedAt":"0001-01-01T00:00:00Z","dtChan":"","transferStarted":"0001-01-01T00:00:00Z","transferFinished":"0001-01-01T00:00:00Z","onChainAt":"2022-10-25T22:26:07.123456Z","sealedAt":"0001-01-01T00:00:00Z","deal_protocol_version":"/fil/storage/mk/1.2.0","miner_version":""}';

/** The text of an export at the epoch. */
const exported = (contents: string, deals: string) =>
  `{"Version":"v0.0.1","Date":"2030-01-01T00:00:00Z","Version1":{"Contents":[${contents}],"Deals":[${deals}]}}\n`;

describe.each([
  ['v0.1.11', oldContent],
  ['v0.1.10', oldContent],
  ['v0.4', newContent],
])('GET /user/export 200 in %s', (profile, wireContent) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const get = (by = alice) => lk.request.get('/user/export').set('Authorization', by);

  test('a user without contents gets empty arrays, never null, and no keys', async () => {
    const answer = await get().expect(200);
    expect(answer.text).toBe(exported('', ''));
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('a content and its deal have the fields of this version, in wire order', async () => {
    await storeContents(lk, content(1));
    await storeDeals(lk, deal(9, 1));
    expect((await get().expect(200)).text).toBe(exported(wireContent, wireDeal));
  });

  test("the date is the world's, to the millisecond", async () => {
    lk.world.clock.advance(120);
    expect((await get().expect(200)).body.Date).toBe('2030-01-01T00:00:00.12Z');
  });

  test('inactive contents and aggregates are exported, deleted contents and those of other users are not', async () => {
    await storeContents(
      lk,
      content(5, { active: false }),
      content(2, { aggregate: true }),
      content(3, { aggregatedIn: 2 }),
      content(4, { deletedAt: '2022-11-01T00:00:00Z' }),
      content(6, { userId: bobId }),
    );
    const ids = ({ body }: { body: { Version1: { Contents: { id: number }[] } } }) => body.Version1.Contents.map(({ id }) => id);
    expect(ids(await get())).toEqual([5, 2, 3]);
    expect(ids(await get(bob))).toEqual([6]);
  });

  test('the deals of the exported contents are exported, whoever made them; deleted deals are not', async () => {
    await storeContents(lk, content(1), content(2, { deletedAt: '2022-11-01T00:00:00Z' }), content(3, { userId: bobId }));
    await storeDeals(
      lk,
      deal(10, 1, { user_id: bobId }),
      deal(11, 2),
      deal(12, 3),
      deal(13, 1, { DeletedAt: '2022-11-01T00:00:00Z' }),
    );
    const { body } = await get().expect(200);
    expect(body.Version1.Deals.map(({ ID }: { ID: number }) => ID)).toEqual([10]);
  });
});

describe('GET /user/export', () => {
  const lk = emulatorForTests();

  test('401 without a credential', async () => {
    expect((await lk.request.get('/user/export').expect(401)).text).toBe(missingCredential);
  });

  test('403 with an upload-only key', async () => {
    const { token } = await createKey(lk, '?perms=upload');
    const answer = await lk.request.get('/user/export').set('Authorization', bearer(token)).expect(403);
    expect(answer.text).toBe(uploadOnly);
  });
});
