import { expect, test } from 'vitest';
import { demandsOf, role } from '../demands.ts';
import { emulatorForTests } from '../emulator.ts';
import { admin, alice, bearer, createKey } from './estuary.ts';

const lk = emulatorForTests();
const get = (path: string, by: string) => () => lk.request.get(path).set('Authorization', by);

const isFull = (granted: boolean) => role('api key is upload only', granted);
const hasLevel = (granted: boolean) => role('user not authorized', granted);

test('level 1 is demanded alone', async () => {
  expect(await demandsOf(get('/viewer', alice))).toEqual([hasLevel(true)]);
});

test('above it a full key is demanded first', async () => {
  expect(await demandsOf(get('/user/stats', alice))).toEqual([isFull(true), hasLevel(true)]);
  expect(await demandsOf(get('/admin/invites', admin))).toEqual([isFull(true), hasLevel(true)]);
  expect(await demandsOf(get('/admin/invites', alice))).toEqual([isFull(true), hasLevel(false)]);
  expect(await demandsOf(get('/admin/nothing', alice))).toEqual([isFull(true), hasLevel(false)]);
});

test('an upload-only key fails the first demand, and nothing more is demanded of it', async () => {
  const { token } = await createKey(lk, '?perms=upload');
  expect(await demandsOf(get('/user/stats', bearer(token)))).toEqual([isFull(false)]);
  expect(await demandsOf(get('/viewer', bearer(token)))).toEqual([hasLevel(true)]);
});

test('nothing is demanded of a key that is not accepted, nor where none is needed', async () => {
  expect(await demandsOf(get('/viewer', 'Bearer x'))).toEqual([]);
  expect(await demandsOf(get('/health', alice))).toEqual([]);
});
