import { afterAll, beforeAll, expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { SharedJournals } from '../support/shared-journals.ts';

const journals = new SharedJournals();
let one: TestEmulator;
let two: TestEmulator;

beforeAll(async () => {
  [one, two] = await Promise.all([startTestEmulator({ explainHeader: true }), startTestEmulator({ explainHeader: true })]);
  for (const { world } of [one, two]) world.journal.share(journals.join());
});

afterAll(() => Promise.all([one.close(), two.close()]));

/** Sends a request that is refused, and one that is accepted, to each; gives their ids, the newest first. */
async function sendFour(): Promise<string[]> {
  await one.request.delete('/_latchkey/requests').expect(200);
  const ids: string[] = [];
  for (const by of ['Bearer unknown', estuary.alice]) {
    for (const { request } of [one, two]) {
      const { headers } = await request.get('/viewer').set('authorization', by).set('user-agent', 'curl');
      ids.unshift(String(headers['x-latchkey-request']));
    }
  }
  return ids;
}

/** What an answer about requests says, whoever is asked: there is no other difference between both. */
async function bothSay(path: string) {
  const [here, there] = await Promise.all([one, two].map(({ request }) => request.get(`/_latchkey${path}`)));
  expect([there?.status, there?.body]).toEqual([here?.status, here?.body]);
  return here?.body;
}

test('a list has the requests of all, in the order of their answers', async () => {
  const ids = await sendFour();
  const { requests, total } = await bothSay('/requests');
  expect(requests.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(requests.map(({ status }: { status: number }) => status)).toEqual([200, 200, 401, 401]);
  expect(total).toBe(4);
  expect(await bothSay('/requests/count?refused=true')).toEqual({ count: 2, forgotten: 0 });
  expect(await bothSay('/requests/count?q=viewer&code=key_unknown')).toEqual({ count: 2, forgotten: 0 });
});

test('pages go on where the one before ended', async () => {
  const ids = await sendFour();
  const first = await bothSay('/requests?limit=3');
  expect(first.cursor).toBe(ids[2]);
  const second = await bothSay(`/requests?limit=3&cursor=${first.cursor}`);
  expect([...first.requests, ...second.requests].map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(second.cursor).toBe(null);
});

test('a cursor that is no exact number is refused', async () => {
  const { error } = await bothSay('/requests?cursor=9007199254740993');
  expect(error.message).toBe('/cursor must be the cursor of the previous page, not "9007199254740993"');
});

test('a request is explained alike by the process that has answered it and by another', async () => {
  const [accepted, , , refused] = await sendFour();
  const { explanation } = await bothSay(`/requests/${accepted}`);
  expect(explanation.verdict).toBe('answered');
  const unknown = await bothSay(`/requests/${refused}`);
  expect(unknown.explanation.verdict).toBe('key unknown');
  expect(unknown.requestHeaders['user-agent']).toBe('curl');
  expect((await bothSay(`/requests/${Number(refused) + 1}`)).error.code).toBe('request_not_found');
});

test('a clear at one clears all', async () => {
  await sendFour();
  await two.request.delete('/_latchkey/requests').expect(200, /true/);
  expect(await bothSay('/requests/count')).toEqual({ count: 0, forgotten: 0 });
});

test('where one does not say what it has answered nobody is told that this is all', async () => {
  journals.missing = 'The journal may lack requests.';
  try {
    for (const path of ['/requests', '/requests/count', '/requests/1']) {
      expect(await bothSay(path)).toEqual({
        error: { code: 'journal_incomplete', message: 'The journal may lack requests.', details: null },
      });
    }
  } finally {
    journals.missing = undefined;
  }
});
