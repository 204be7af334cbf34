import type { FastifyBodyParser } from 'fastify';
import { EmulatorError, fail } from '../../../core/errors.ts';
import type { ProviderScope } from '../../../provider/provider.ts';

/** Recorded on all 2,067 answers. Of the recorded headers only HSTS and `Server` are left out. FIDELITY: HTTP. */
const answerHeaders = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers':
    'origin, content-type, accept, authorization, organization, user-agent, x-rockset-version, baggage, sentry-trace',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, HEAD, PATCH',
  'access-control-allow-origin': '*',
  'access-control-max-age': '1209600',
  'cache-control': 'no-store',
};

/** Reads JSON bodies with every method, treats a missing body as `{}`, and puts the recorded headers on every answer. */
export function prepare(scope: ProviderScope): void {
  readJsonBodies(scope);
  scope.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined) request.body = {};
    done();
  });
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.headers(answerHeaders);
    done();
  });
}

/**
 * The Java client and Grafana send the JSON content type with every method, even without a body; other clients send JSON
 * without a content type. Both are accepted.
 */
function readJsonBodies(scope: ProviderScope): void {
  scope.removeAllContentTypeParsers();
  const read: FastifyBodyParser<string> = ({ headers }, text, done) => {
    const mediaType = headers['content-type'] ?? json;
    if (!/^application\/json[ \t]*(;|$)/i.test(mediaType)) fail('media_type_unsupported', null);
    done(null, parseJson(text));
  };
  // By its name as well, since Fastify reads the type of each request anew that only `*` fits.
  for (const type of [json, '*']) scope.addContentTypeParser(type, { parseAs: 'string' }, read);
}

const json = 'application/json';

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  const value = decodeJson(text);
  // Each level has a character at least.
  if (text.length > mostLevels && isTooDeep(value))
    fail('request_malformed', { problem: 'The request body is nested too deeply' });
  return value;
}

function decodeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the body, which may hold a secret.
    throw new EmulatorError('request_malformed', { problem: 'The request body is not valid JSON' }, { cause: error });
  }
}

const mostLevels = 1000;

/** Whether a value is nested so deeply that recursive functions such as JSON.stringify might overflow the stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true;
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Reads `reveal`: true for `true` in any case (Python sends `True`), false for any other text. The first value counts. */
export function parseQuery(query: string): Record<string, unknown> {
  if (query === '') return {};
  const reveal = new URLSearchParams(query).get('reveal');
  return reveal === null ? {} : { reveal: reveal.toLowerCase() === 'true' };
}
