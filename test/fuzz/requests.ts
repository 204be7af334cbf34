import fc from 'fast-check';
import type { FuzzTarget } from '../providers/fuzz-target.ts';

/** A request as it is sent. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** An operation that fuzzed requests aim at. */
export interface Aim {
  readonly method: string;
  /** In OpenAPI's form. */
  readonly path: string;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];
const mediaTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  'json',
  '',
  ';',
];
const nastyWords = [
  '',
  '.',
  '..',
  '%',
  '%00',
  '%2F',
  '%zz',
  '%E0%A4%A',
  '*',
  '+',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  '💥',
  'null',
  '-1',
  '1e309',
];

/** A text with only such characters as Node's client agrees to send in a request line or a header. */
const asPath = (text: string): string => text.replace(/[^!-~]/gu, (character) => encodeURIComponent(character.toWellFormed()));
const asHeader = (text: string): string => text.replace(/[^ -~\xa1-\xff]/g, '').trim();

/** Requests of all kinds, from those that a provider's operations accept to arbitrary ones. */
export function requests(target: FuzzTarget, aims: readonly Aim[]): fc.Arbitrary<FuzzedRequest> {
  const word = fc.oneof(
    fc.constantFrom(...target.words),
    fc.constantFrom(...nastyWords),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const names = [...new Set(aims.flatMap(({ path }) => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)))];
  const aimed = fc.constantFrom(...aims).chain(({ method, path }) =>
    fc
      .tuple(
        fc.oneof({ weight: 5, arbitrary: fc.constant(method) }, fc.constantFrom(...methods)),
        fc.array(word, { minLength: 5, maxLength: 5 }),
      )
      .map(([sent, words]) => ({
        method: sent,
        path: path.replace(/\{[^}]+\}/g, () => asPath(encodeSome(words.shift() ?? 'x'))),
      })),
  );
  const strayed = fc
    .tuple(
      fc.constantFrom(...methods),
      fc.array(fc.oneof(word, fc.constantFrom('v0', 'v1', 'user', 'admin', 'orgs', 'self', ...names)), { maxLength: 6 }),
    )
    .map(([method, parts]) => ({ method, path: `/${parts.map(asPath).join('/')}` }));
  const query = fc
    .array(fc.tuple(fc.oneof(word, fc.constantFrom(...queryNames)), word), { maxLength: 4 })
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${asPath(name)}=${asPath(value)}`).join('&')}`));
  return fc
    .record({
      at: fc.oneof({ weight: 6, arbitrary: aimed }, strayed),
      query,
      credential: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...target.credentials) },
        fc.constant({}),
        word.map((text) => ({ authorization: asHeader(text), 'x-api-key': asHeader(text) })),
      ),
      headers: fc.dictionary(fc.constantFrom(...headerNames), fc.oneof(word, fc.constantFrom(...mediaTypes)).map(asHeader), {
        maxKeys: 3,
      }),
      body: bodies(target),
    })
    .map(({ at, query: search, credential, headers, body }) => ({
      method: at.method,
      path: at.path.replaceAll('#', '%23') + search.replaceAll('#', '%23'),
      headers: { ...headers, ...credential },
      body: ['GET', 'HEAD'].includes(at.method) ? undefined : body,
    }));
}

const queryNames = [
  'user_id',
  'expiry',
  'perms',
  'label',
  'reveal',
  'scopes',
  'key_id',
  'expiration_time',
  'email',
  'name',
  'pretty',
];
const headerNames = [
  'content-type',
  'accept',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'x-request-id',
  'cookie',
  'organization',
  'x-whylabs-organization',
  'accept-encoding',
];

/** Encodes some words, and leaves others as they are. */
function encodeSome(text: string): string {
  return text.length % 2 === 0 ? encodeURIComponent(text.toWellFormed()) : text;
}

/** Bodies that operations accept, bodies that they nearly accept, other JSON, and arbitrary text or no body. */
function bodies({ bodies: fitting, words }: FuzzTarget): fc.Arbitrary<string | undefined> {
  const value = fc.oneof(fc.constantFrom(...words), fc.jsonValue(), fc.constantFrom(null, true, -1, 1e300, '', [], {}));
  const nearly = fc
    .constantFrom(...fitting)
    .chain((body) =>
      typeof body === 'object' && body !== null && !Array.isArray(body)
        ? fc
            .tuple(fc.subarray(Object.keys(body)), value)
            .map(([fields, other]) => JSON.stringify({ ...body, ...Object.fromEntries(fields.map((field) => [field, other])) }))
        : fc.constant(JSON.stringify(body)),
    );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...fitting).map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: nearly },
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(undefined, '', '{', '[', '"', `${'['.repeat(20_000)}`, `"${'x'.repeat(70_000)}"`, '{"a":1}{"b":2}', '\u0000'),
  );
}
