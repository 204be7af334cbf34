import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { othersTurn } from '../../src/core/pieces.ts';
import { redactorOf } from '../../src/journal/redact.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const secrets = (await loadProviders()).map((provider) => provider.secrets);

/** Each look at the stopwatch says that ten more milliseconds have passed, so that work rests wherever it may. */
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 10;
    return now;
  });
});
afterEach(() => void vi.restoreAllMocks());

/** How many turns others have until a promise is resolved. */
async function turnsBeside(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  void work.then(() => {
    isDone = true;
  });
  for (; !isDone; turns++) await othersTurn();
  return turns;
}

test('found 6.10: a long text is redacted in pieces, to the same result as at once', async () => {
  const known = { presented: 'opensesame', isSecret: (word: string) => word === 'hidden-word', hintsAt: () => [] };
  for (const own of secrets) {
    const redactor = redactorOf(own, secrets);
    const text = `{"password":"x","note":"hidden-word %68idden-word opensesame"} `.repeat(50);
    const work = redactor.longText(text, known);
    expect(await turnsBeside(work)).toBeGreaterThan(10);
    expect(await work).toBe(redactor.text(text, known));
    expect(await work).not.toMatch(/hidden-word|opensesame/);
  }
});

test('found 6.10: requests with long paths are searched, listed and explained in pieces, as short ones are at once', async () => {
  const path = `/rockset/v1/${'a-long-name/'.repeat(200)}end?token=${'k'.repeat(64)}`;
  await lk.request.get(path).expect(404);
  await lk.request.get('/rockset/v1/short').expect(404);
  const [short, long] = lk.world.journal.find({});
  // The secrets of the world's keys are read before the first text.
  await lk.world.secrets.prepare();
  expect(short?.texts.prepareHead()).toBeUndefined();
  const making = long?.texts.prepareHead() ?? Promise.resolve();
  expect(await turnsBeside(making)).toBeGreaterThan(10);
  expect(long?.texts.prepareHead()).toBeUndefined();
  const { body } = await lk.request.get('/_latchkey/requests?q=end').expect(200);
  expect(body.total).toBe(1);
  expect(body.requests[0].path).toMatch(/a-long-name\/end\?token=k{1,32}…$/);
  const one = await lk.request.get(`/_latchkey/requests/${body.requests[0].id}`).expect(200);
  expect(one.body.path).toBe(body.requests[0].path);
});

test('found 6.10: what was in the journal is not shown after a reset that comes in the middle of its redaction', async () => {
  await lk.request.get(`/rockset/v1/${'a-long-name/'.repeat(200)}end`).expect(404);
  const [{ id } = { id: 0 }] = lk.world.journal.find({});
  const calls = ['requests', 'requests?q=long', 'requests/count?q=long', `requests/${id}`];
  const answers = calls.map((call) =>
    lk.request.get(`/_latchkey/${call}`).then(({ status, body }) => [status, body.total ?? body.count]),
  );
  const entry = lk.world.journal.get(id);
  const prepare = entry?.texts.prepareHead.bind(entry.texts);
  if (entry === undefined || prepare === undefined) throw new Error('there is a request');
  vi.spyOn(entry.texts, 'prepareHead').mockImplementation(async () => {
    await prepare();
    lk.world.journal.clear();
  });
  expect(await Promise.all(answers)).toEqual([
    [200, 0],
    [200, 0],
    [200, 0],
    [404, undefined],
  ]);
});
