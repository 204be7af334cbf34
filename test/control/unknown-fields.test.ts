import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { type ControlOperation, controlOperations } from './operations.ts';
import { stateOf } from './world-state.ts';

// found 3.1: unknown fields and query parameters are refused on every call, by the schemas themselves.
const lk = emulatorForTests();
const urlOf = (path: string) => `${lk.url}/_latchkey${path.replace(/\{[^}]+\}/g, 'k1')}`;

/** Sends a call, and gives its answer; nothing may have changed. */
async function refusalOf({ method, path }: ControlOperation, query: string, body: unknown) {
  await lk.request.get('/viewer').expect(401);
  const before = await stateOf(lk);
  const sent = { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? '' : JSON.stringify(body) };
  const answer = await exchange(urlOf(path) + query, sent);
  expect(await stateOf(lk)).toBe(before);
  return { status: answer.status, ...JSON.parse(answer.body) };
}

/** A name with its second letter written twice. */
const misspelled = (name: string) => name.slice(0, 2) + name.slice(1);

const refused = (...details: object[]) => ({
  status: 400,
  error: {
    code: 'request_invalid',
    message: details.map((one) => `${Reflect.get(one, 'path')} ${Reflect.get(one, 'problem')}`).join('; '),
    details,
  },
});
const unknown = (kind: string, name: string, nearest: string) => ({
  path: `/${name}`,
  problem: `is an unknown ${kind}: did you mean "${nearest}"?`,
  nearest,
});

describe.each(controlOperations.map((operation) => [operation.id, operation] as const))('%s refuses', (_id, operation) => {
  test('an unknown query parameter', async () => {
    const { status, error } = await refusalOf(operation, '?zzzzzzzzzzzz=1', operation.body);
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'request_invalid' });
    const known = operation.query.length === 0 ? 'there are no parameters here' : `expected ${operation.query.join(', ')}`;
    expect(error.details).toEqual([{ path: '/zzzzzzzzzzzz', problem: `is an unknown parameter: ${known}` }]);
  });

  // A name of one letter has no near one.
  const names = operation.query.filter((name) => name.length > 1);
  test.each(names.map((name) => [misspelled(name), name]))('the parameter %s, and names %s', async (name, nearest) => {
    const answer = await refusalOf(operation, `?${name}=1`, operation.body);
    expect(answer).toEqual(refused(unknown('parameter', name, nearest)));
  });

  test.each(Object.keys(operation.body ?? {}).map((name) => [misspelled(name), name]))(
    'the field %s, and names %s',
    async (name, nearest) => {
      const { [nearest]: value, ...others } = { ...operation.body };
      const { status, error } = await refusalOf(operation, '', { ...others, [name]: value });
      expect({ status, code: error.code }).toEqual({ status: 400, code: 'request_invalid' });
      // The field that says which provider's fields follow is asked for first.
      const isOpen = operation.id === 'issueKey' && nearest === 'provider';
      const expected = isOpen
        ? { path: '/provider', problem: `is missing: did you mean it by "${name}"?` }
        : { path: `/${name}`, problem: `is an unknown field: did you mean "${nearest}"?` };
      expect(error.details).toContainEqual(expect.objectContaining(expected));
    },
  );

  test('a body, unless it takes one; an unknown field in it otherwise', async () => {
    if (operation.id === 'putSnapshot') return expect((await refusalOf(operation, '', { a: 1 })).status).toBe(400);
    const { status, error } = await refusalOf(operation, '', { ...operation.body, zzzzzzzzzzzz: 1 });
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'request_invalid' });
    const isRead = operation.method !== 'GET';
    if (isRead) expect(error.details[0].path).toBe('/zzzzzzzzzzzz');
    else expect(error.message).toBe('GET takes no body here: say in the query what you want');
  });
});

describe('the refusal', () => {
  const operation = (id: string) => controlOperations.find((one) => one.id === id) ?? expect.unreachable(id);

  test('names every unknown field, and the one that was meant', async () => {
    expect(await refusalOf(operation('reset'), '', { too: 'empty', To: 'seed' })).toEqual(
      refused(unknown('field', 'too', 'to'), unknown('field', 'To', 'to')),
    );
    expect(await refusalOf(operation('listKeys'), '?ownr=x&stat=active', undefined)).toEqual(
      refused(unknown('parameter', 'ownr', 'owner'), unknown('parameter', 'stat', 'state')),
    );
    expect(await refusalOf(operation('advanceClock'), '', { by: '1h', x: 1 })).toEqual(
      refused({ path: '/x', problem: 'is an unknown field: expected by' }),
    );
  });

  test('reaches into what is nested, and into seeds', async () => {
    const deep = { match: { provier: 'kps' }, effect: { status: 503 } };
    expect(await refusalOf(operation('addFault'), '', deep)).toEqual(
      refused({ ...unknown('field', 'provier', 'provider'), path: '/match/provier' }),
    );
    const key = { provider: 'rockset', owner: 'member@me.com', nmae: 'ci' };
    expect((await refusalOf(operation('issueKey'), '', key)).error.details).toEqual([
      { path: '/nmae', problem: 'is an unknown field: did you mean "name"?' },
    ]);
    const seed = { estuary: { kyes: [] } };
    expect((await refusalOf(operation('createWorld'), '', { seed })).error.details).toEqual([
      { path: '/seed/estuary/kyes', problem: 'is an unknown field: did you mean "keys"?' },
    ]);
  });

  test('lists twenty at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, place) => [`zzzzzzzzzzz${place}`, 1]));
    for (const id of ['reset', 'freezeClock']) {
      expect((await refusalOf(operation(id), '', many)).error.details).toHaveLength(20);
    }
  });

  test('says what was expected and what came', async () => {
    const problemOf = async (id: string, query: string, body?: unknown) =>
      (await refusalOf(operation(id), query, body)).error.message;
    expect(await problemOf('advanceClock', '', { by: 5 })).toBe('/by must be a string, not 5');
    expect(await problemOf('advanceClock', '', [])).toBe('the body must be an object, not a list');
    expect(await problemOf('advanceClock', '', 'x')).toBe('the body must be an object, not a string');
    expect(await problemOf('advanceClock', '', {})).toBe('/by is missing');
    expect(await problemOf('reset', '', { to: 'hell' })).toBe('/to must be one of seed, empty, not "hell"');
    expect(await problemOf('listKeys', '?limit=many')).toBe('/limit must be a whole number, not "many"');
    expect(await problemOf('listKeys', '?owner=a&owner=b')).toBe('/owner must be given only once');
  });
});

describe('bodies that cannot be read', () => {
  const post = (body: string, path = '/reset') => exchange(urlOf(path), { method: 'POST', body });

  test.each([
    ['not JSON', '{', 400, 'request_invalid', 'the body is not JSON'],
    [
      'nested too deep',
      '['.repeat(101) + ']'.repeat(101),
      400,
      'request_invalid',
      'the body is nested more than 100 levels deep',
    ],
    [
      'too large',
      JSON.stringify('x'.repeat(1 << 20)),
      413,
      'request_malformed',
      'The body is too large: the control plane reads 1 MiB, and 1 GiB of a snapshot.',
    ],
  ])('%s', async (_what, body, status, code, message) => {
    const answer = await post(body);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error: { code, message, details: null } }]);
  });

  test('a byte order mark, brackets in strings and 100 levels are no problem', async () => {
    expect((await post('\uFEFF{"to":"seed"}')).status).toBe(200);
    const nested = '['.repeat(98) + ']'.repeat(98);
    const fault = `{"effect":{"respond":{"status":200,"body":${nested}}},"match":{"path":"/${'['.repeat(200)}\\""}}`;
    expect((await post(fault, '/faults')).status).toBe(400);
    expect((await post(fault.replace(nested, nested.slice(2, -2)), '/faults')).status).toBe(200);
  });
});
