import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import type { Aim, FuzzedRequest } from '../fuzz/requests.ts';
import { aimsOf, send } from '../fuzz/sending.ts';
import { emulatorForTests } from './emulator.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { fastifysShape, validatorsWords } from './validator-words.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of every type, length and pattern, most of which no field accepts. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    ' ',
    'X',
    'x'.repeat(1001),
    '2030-13-45',
    [],
    {},
    [null],
    [1, 'a'],
    [{}],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.record({ extra: fc.constantFrom<unknown>(1, 'a', null), name: fc.constantFrom<unknown>(1, null, []) }),
);

/** Requests to one operation whose body and query hold such values, in fields that operations know and in one that none knows. */
function requestsTo({ method, path }: Aim, target: FuzzTarget): fc.Arbitrary<FuzzedRequest> {
  const fields = [...new Set(target.bodies.filter(isRecord).flatMap(Object.keys)), 'no_such_field'].filter(
    (name) => name !== '__proto__',
  );
  const names = [...fields, ...target.words.filter((word) => /^[a-z]+[_-]?[a-z]+$/.test(word))];
  const body = fc.oneof(value, fc.dictionary(fc.constantFrom(...fields), value, { noNullPrototype: true }));
  const query = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 });
  const part = fc.constantFrom(...target.words.filter((word) => /^[\w@.-]+$/.test(word)), 'x'.repeat(300));
  return fc.record({ body, query, part, headers: fc.constantFrom(...target.credentials) }).map((made) => ({
    method,
    path: `${path.replaceAll(/\{[^}]+\}/g, made.part)}?${new URLSearchParams(made.query.map(([name, one]): [string, string] => [name, textOf(one).toWellFormed()]))}`,
    headers: { ...made.headers, 'content-type': 'application/json' },
    body: method === 'GET' ? undefined : JSON.stringify(made.body),
  }));
}

const textOf = (one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one));

const modules = await loadProviders();

// found 5.2: no word of a validator, and no answer of the framework, on any provider's wire.
describe.each(modules.flatMap((module) => module.profiles.map((profile) => ({ name: module.name, profile }))))(
  '$name in $profile',
  async ({ name, profile }) => {
    const lk = emulatorForTests({ profiles: { [name]: profile } });
    const { target }: { readonly target: FuzzTarget } = await import(`./${name}/fuzz.ts`);

    test('refuses values of a wrong type, length or pattern, and fields that it does not know, in its own words', async () => {
      const aims = new Set(await aimsOf(lk, name, []));
      expect(aims.size).toBeGreaterThan(10);
      let refused = 0;
      for (const aim of aims) {
        const property = fc.asyncProperty(requestsTo(aim, target), async (request) => {
          const { status, body } = await send(`${lk.url}/${name}`, request);
          if (status === 400) refused += 1;
          expect(body).not.toMatch(validatorsWords);
          expect(body).not.toMatch(fastifysShape);
        });
        await fc.assert(property, { numRuns: 12 });
      }
      expect(refused).toBeGreaterThan(0);
    });
  },
);
