import { describe, expect, test } from 'vitest';
import { unimplemented } from '../../../src/providers/whylabs/unimplemented.ts';
import { emulatorForTests } from '../emulator.ts';
import { addKey, admin, expectHandled, expectSilent, system, user } from './whylabs.ts';

const lk = emulatorForTests();
const guarded = unimplemented.filter(({ auth }) => auth !== 'none');

/** A request to an operation, on the seeded organisation. */
function send({ method, path }: (typeof unimplemented)[number], headers: Readonly<Record<string, string>>) {
  const [verb, url] = [method, path.replace('{org_id}', 'org-123').replaceAll(/\{\w+\}/g, 'x')];
  const request = {
    GET: lk.request.get,
    PUT: lk.request.put,
    POST: lk.request.post,
    PATCH: lk.request.patch,
    DELETE: lk.request.delete,
  };
  return request[verb](url).set(headers);
}

describe('an operation that is known but not emulated', () => {
  test.each(unimplemented.map((operation) => [operation.id, operation] as const))('%s is answered 501', async (id, operation) => {
    const answer = await send(operation, { 'X-API-Key': system });
    expectHandled(answer, 501, 'NotImplemented', `${id} is not emulated`);
    expect(answer.headers['link']).toMatch(/SUPPORTED\.md#whylabs>; rel="help"$/);
  });

  test.each(guarded.map((operation) => [operation.id, operation] as const))('%s requires a key first', async (_id, operation) => {
    expectSilent(await send(operation, {}), 401);
    expectSilent(await send(operation, { 'X-API-Key': 'bad' }), 403);
    expectSilent(await send(operation, { 'X-API-Key': await addKey(lk, 'org-123', 'u') }), 403);
    expectSilent(await send(operation, { 'X-API-Key': await addKey(lk, 'org-456', 'u', [':administrator']) }), 403);
  });

  test('internal operations are only for WhyLabs itself, the others also for users of the organisation', async () => {
    for (const operation of guarded) {
      const status = operation.requires === 'WhyLabs itself' ? 403 : 501;
      for (const key of [user, admin]) expect((await send(operation, { 'X-API-Key': key })).status, operation.id).toBe(status);
    }
  });

  test('each narrow scope permits its own operations', async () => {
    const opens = { ':write_data': 'data', ':read_notification': 'notifications', ':write_notification': 'notifications' };
    for (const [scope, requires] of Object.entries(opens)) {
      const key = await addKey(lk, 'org-123', 'u', [scope]);
      const open = [];
      for (const operation of guarded) {
        if ((await send(operation, { 'X-API-Key': key })).status === 501) open.push(operation.id);
      }
      expect(open).toEqual(guarded.filter((operation) => operation.requires === requires).map(({ id }) => id));
    }
  });

  test('anonymous sessions require no key', async () => {
    for (const operation of unimplemented.filter(({ auth }) => auth === 'none')) {
      expect((await send(operation, {})).status).toBe(501);
    }
  });
});
