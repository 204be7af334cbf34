import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlOperations } from '../control/operations.ts';
import { stateOf } from '../control/world-state.ts';
import { emulatorForTests } from '../support/emulator.ts';
import type { FuzzedRequest } from './requests.ts';
import { send } from './sending.ts';

/** Requests to the control plane; `npm run fuzz` sends more. */
const count = Number(process.env['FUZZ_REQUESTS'] ?? 500);
/** Words of the validator, the parser, the framework, the database or Node, and places in our code. */
const foreign =
  /must NOT|must have required|must be (?:string|object|array|integer|number|boolean|equal)|allowed values|additional propert|querystring\/|body\/|Unexpected (?:token|end)|in JSON at|JSON\.parse|SyntaxError|TypeError|RangeError|call stack|FST_|Fastify|SQLITE|Sqlite|no such table|constraint|node_modules|\.ts:\d|\n\s+at |Ajv|ERR_[A-Z]|prototype/;
/** Calls that answer with more than JSON, or do not end. */
const plain = new Set(['getSnapshot', 'getMetrics', 'streamEvents']);

const lk = emulatorForTests();

const words = [
  '',
  '0',
  '-1',
  '1e309',
  'null',
  'true',
  '%00',
  '..',
  '__proto__',
  'constructor',
  'toString',
  '💥',
  "' OR 1=1 --",
  'x'.repeat(3000),
];
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e300, 2 ** 53, '', [], {}, [[]], [null], { a: { b: {} } }),
  fc.constantFrom<unknown>(...words),
  fc.jsonValue(),
);
const names = ['__proto__', 'constructor', 'hasOwnProperty', 'ownr', 'limt', 'secret', 'x', ''];

/** A word as a segment of a path. A client resolves dots before it sends a path, so they would lead to another call. */
const segmentOf = (word: string) => (/^\.\.?$/.test(word) ? 'dots' : encodeURIComponent(word));
/** A path of a call, its parameters filled with its examples or with words. */
const pathOf = (path: string, params: Readonly<Record<string, unknown>>) =>
  fc
    .array(fc.option(fc.constantFrom(...words.filter((word) => word !== '')), { freq: 2 }), { minLength: 2, maxLength: 2 })
    .map((drawn) => path.replace(/\{([^}]+)\}/g, (_, name: string) => segmentOf(drawn.pop() ?? String(params[name]))));

/** Bodies that are nearly right, quite wrong, deep, huge, or no JSON. */
const bodiesOf = (body: Readonly<Record<string, unknown>> = {}): fc.Arbitrary<string | undefined> => {
  const mutated = fc
    .tuple(
      fc.subarray(Object.keys(body)),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), values, { maxKeys: 4 }),
      values,
    )
    .map(([fields, more, value]) =>
      JSON.stringify({ ...body, ...more, ...Object.fromEntries(fields.map((field) => [field, value])) }),
    );
  const deep = fc
    .integer({ min: 10, max: 100_000 })
    .chain((depth) =>
      fc.constantFrom(
        `${'['.repeat(depth)}${']'.repeat(depth)}`,
        `${'{"seed":'.repeat(depth)}1${'}'.repeat(depth)}`,
        '['.repeat(depth),
      ),
    );
  const huge = fc.constantFrom(
    `"${'x'.repeat(1 << 20)}"`,
    JSON.stringify({ ...body, big: 'x'.repeat(900_000) }),
    `[${'0,'.repeat(400_000)}0]`,
  );
  const many = fc.constant(
    JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, place) => [`field${place}`, place]))),
  );
  return fc.oneof(
    { weight: 6, arbitrary: mutated },
    { weight: 2, arbitrary: values.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: fc.oneof({ weight: 1, arbitrary: huge }, many) },
    fc.constantFrom(undefined, '', '{', '"', '\u0000', '{"a":1}{"b":2}'),
  );
};

const queries = (known: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...known, ...names, 'pretty'), fc.constantFrom(...words.map((word) => word.slice(0, 300)))), {
      maxLength: 3,
    })
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`));

const requests: fc.Arbitrary<FuzzedRequest & { readonly id: string }> = fc.constantFrom(...controlOperations).chain((operation) =>
  fc
    .record({
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(operation.method) },
        fc.constantFrom('PATCH', 'OPTIONS', 'HEAD', 'PROPFIND'),
      ),
      path: pathOf(operation.path, operation.params),
      query: queries(operation.query),
      body: bodiesOf(operation.body),
    })
    .map(({ method, path, query, body }) => ({
      id: operation.id,
      method,
      path: path + query,
      headers: {},
      body: method === 'HEAD' ? undefined : body,
    })),
);

test('the control plane answers every request in its own words and shape, and a refused request changes nothing', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(requests, async ({ id, ...request }) => {
      // A stream that was asked for properly does not end.
      fc.pre(!(id === 'streamEvents' && request.method === 'GET' && !request.path.includes('?') && !request.body));
      if (sent++ % 100 === 0) await clean();
      // An accepted request may have let it run.
      lk.world.clock.freeze();
      const before = await stateOf(lk);
      const { status, body } = await send(
        `${lk.url}/_latchkey`,
        id === 'streamEvents' ? { ...request, method: 'HEAD', body: undefined } : request,
      );
      expect(status === 200 || (status >= 400 && status < 500) || status === 507, `${status} ${body.slice(0, 500)}`).toBe(true);
      if (status < 400) return;
      expect((await stateOf(lk)) === before, 'a refused request changed something').toBe(true);
      if (request.method === 'HEAD' || id === 'streamEvents') {
        expect(body).toBe('');
        return;
      }
      const { error } = JSON.parse(body);
      expect(Object.keys(error)).toEqual(['code', 'message', 'details']);
      // What a caller sent may be repeated: it is not our word.
      const own = [error.message, JSON.stringify(error.details)].join(' ').replace(/"(?:[^"\\]|\\.)*"|\/\S*/g, '');
      expect(own).not.toMatch(foreign);
      if (plain.has(id)) expect(body.endsWith('\n')).toBe(true);
    }),
    { numRuns: count, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true },
  );
}, 620_000);

/** The default world as at its start, with its clock still, and no other. */
async function clean(): Promise<void> {
  for (const name of lk.worlds.names()) if (name !== 'default') await lk.worlds.drop(name);
  await lk.world.reset('everything');
  lk.world.clock.freeze();
}
