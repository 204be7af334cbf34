import { describe, expect, test } from 'vitest';
import { statusesOf } from '../../src/http/errors.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { exchange } from '../control/exchange.ts';
import { emulatorForTests } from '../providers/emulator.ts';
import { type ErrorAnswer, expectErrorAnswer } from '../providers/error-answer.ts';

const lk = emulatorForTests();
const providers = await loadProviders();

interface ShownOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

interface ShownProvider {
  readonly name: string;
  readonly operations: readonly ShownOperation[];
  readonly unimplemented: readonly ShownOperation[];
}

const shown = async (name: string): Promise<ShownProvider> => {
  const { body } = await lk.request.get('/_latchkey/providers').expect(200);
  return body.providers.find((provider: ShownProvider) => provider.name === name);
};
const fail = (provider: string, operation: string, status: number) =>
  lk.request.post('/_latchkey/faults').send({ match: { provider, operation }, effect: { status } }).expect(200);
/** A path with a value for every parameter. */
const filled = (path: string) => path.replace(/\{[^}]+\}/g, 'x');
/** Calls an operation without a credential and with a body that cannot be parsed. */
const call = (provider: string, { method, path }: ShownOperation) => {
  const headers = { 'content-type': 'text/nonsense', 'x-request-id': 'fixed' };
  const body = method === 'GET' ? '' : '{not json';
  return exchange(`${lk.url}/${provider}${filled(path)}`, { method, headers, body });
};

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', async (name, provider) => {
  const statuses = statusesOf(provider.emulate(provider.profiles[0] ?? '').errors);
  const { errorAnswers: expected }: { readonly errorAnswers: ReadonlyMap<number, ErrorAnswer> } = await import(
    `../providers/${name}/error-answers.ts`
  );

  test('the statuses that it documents are known', () => {
    expect(statuses).toEqual([...expected.keys()]);
  });

  test('every operation answers with each of them, in the words of the provider, without a credential or a readable body', async () => {
    const { operations } = await shown(name);
    expect(operations.length).toBeGreaterThan(10);
    for (const operation of operations) {
      for (const status of statuses) {
        await fail(name, operation.id, status);
        expectErrorAnswer(await call(name, operation), status, expected.get(status), filled(operation.path));
      }
    }
  });

  test('operations that are not emulated answer with them too', async () => {
    const { unimplemented } = await shown(name);
    for (const [index, operation] of unimplemented.entries()) {
      const status = statuses[index % statuses.length] ?? 0;
      await fail(name, operation.id, status);
      expect([operation.id, (await call(name, operation)).status]).toEqual([operation.id, status]);
    }
  });

  test('a wrong key makes no difference', async () => {
    const [operation] = (await shown(name)).operations;
    if (operation === undefined) throw new Error('there are operations');
    const headers = { authorization: 'Bearer nonsense', 'x-api-key': 'nonsense', 'x-request-id': 'fixed' };
    for (const status of statuses) {
      await fail(name, operation.id, status);
      const answer = await exchange(`${lk.url}/${name}${filled(operation.path)}`, { method: operation.method, headers });
      expectErrorAnswer(answer, status, expected.get(status), filled(operation.path));
    }
  });

  test('every profile has the same statuses', () => {
    for (const profile of provider.profiles) {
      expect(statusesOf(provider.emulate(profile).errors)).toEqual(statuses);
    }
  });
});

test('Rockset has the fourteen statuses of its specification', () => {
  const rockset = providers.find(({ name }) => name === 'rockset');
  const statuses = rockset === undefined ? [] : statusesOf(rockset.emulate('2022').errors);
  expect([400, 401, 403, 404, 405, 406, 408, 409, 415, 429, 500, 501, 502, 503].filter((one) => !statuses.includes(one))).toEqual(
    [],
  );
});
