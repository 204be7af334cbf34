import { Agent } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { addFaults, askForAll, KnownKeys, moveClock, own, read } from '../../.ci/coherence/actors.ts';
import { type Call, send } from '../../.ci/coherence/http.ts';
import { judge } from '../../.ci/coherence/judge.ts';
import { type Asked, Stage } from '../../.ci/coherence/stage.ts';
import { startLatchkey } from '../../src/library.ts';

test('one latchkey with three names shows nothing that cannot be', async () => {
  const lk = await latchkey();
  const stage = new ShortStage([named(1, lk), named(2, lk), named(3, lk)], []);
  await play(stage);
  expect(judge(stage)).toEqual([]);
  expect(new Set(stage.sent.filter(({ outcome }) => outcome === 'done').map(({ subject }) => subject.about))).toEqual(
    new Set(['issue', 'revocation', 'ask', 'move', 'fault', 'shot']),
  );
});

test('three latchkeys that share nothing show stale acceptances, lost keys and keys that are back', async () => {
  const all = [await latchkey(), await latchkey(), await latchkey()];
  const stage = new ShortStage(
    all.map((lk, index) => named(index + 1, lk)),
    [],
  );
  await play(stage);
  const kinds = judge(stage).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['stale acceptance', 'good key refused', 'lost', 'back']));
});

test('what it tells of a request has no secret', async () => {
  const stage = new ShortStage([named(1, await latchkey())], []);
  const keys = new KnownKeys();
  await play(stage, keys);
  expect(keys.all.length).toBeGreaterThan(0);
  const told = JSON.stringify(stage.sent);
  expect(keys.all.filter(({ issued }) => told.includes(issued.secret))).toEqual([]);
});

test('a replica that is not there breaks the connection, and 500 is an odd answer', async () => {
  const stage = new Stage([{ no: 1, send: (call) => send(1, undefined, call) }], []);
  const odd: Asked = { no: 2, send: async () => ({ status: 500, body: '{"error":"why"}' }) };
  const call = { method: 'GET', path: '/' };
  await stage.send({ about: 'ask', key: 'k' }, stage.anyReplica, 'k is used', call);
  await stage.send({ about: 'ask', key: 'k' }, odd, 'k is used', call);
  expect(stage.sent).toMatchObject([
    { outcome: 'broken', replica: 1, told: 'k is used: connect ECONNREFUSED 127.0.0.1:1' },
    { outcome: 'odd', replica: 2, told: 'k is used: 500 {"error":"why"}' },
  ]);
});

/** Is over once so many requests were sent. */
class ShortStage extends Stage {
  override get isOver(): boolean {
    return this.sent.length >= 600;
  }
}

/** Lets everybody act, until it is over. */
async function play(stage: Stage, keys = new KnownKeys()): Promise<void> {
  await Promise.all([own(stage, keys), own(stage, keys), read(stage, keys), moveClock(stage, keys, 'a'), addFaults(stage)]);
  await askForAll(stage, keys, 1000);
}

async function latchkey(): Promise<number> {
  const lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z', providers: ['rockset', 'estuary'] });
  onTestFinished(() => lk.close());
  return Number(new URL(lk.url).port);
}

function named(no: number, port: number): Asked {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return { no, send: (call: Call) => send(port, agent, call) };
}
