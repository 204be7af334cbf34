import { afterAll, beforeAll, expect, test } from 'vitest';
import { callWith, rockset } from '../control/seeded-calls.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { Mock, unimplemented } from '../support/upstreamed.ts';
import { reportOf } from './latchkeys.ts';

const mock = new Mock();
const running: { lk?: TestEmulator } = {};
beforeAll(async () => {
  const upstreams = new Map([['rockset', await mock.start()]]);
  running.lk = await startTestEmulator({ upstreams, mutant: { name: 'accept-unknown', provider: 'rockset' } });
});
afterAll(async () => {
  await running.lk?.close();
  mock.server.close();
});

test("a mock of the user's is told of the key with which the request goes on, and its answer says who let it in", async () => {
  const { lk } = running;
  if (lk === undefined) throw new Error('it starts in beforeAll');
  const { text } = await callWith(lk, { ...rockset, path: unimplemented }, 'x'.repeat(64))
    .expect(200)
    .expect('x-latchkey-mutant', 'accept-unknown');
  expect(text).toBe('mocked');
  expect(mock.got('x-latchkey-owner')).toEqual(['admin%40me.com']);
  expect(mock.got('authorization')).toEqual([]);
  const { acted, evidence } = await reportOf(lk);
  expect(acted).toBe(1);
  expect(evidence).toMatchObject([{ operation: 'listWorkspaces', truth: { status: 401, code: 'key_unknown' }, answered: 200 }]);
});
