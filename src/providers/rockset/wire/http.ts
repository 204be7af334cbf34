import type { FastifyRequest } from 'fastify';
import { EmulatorError, fail } from '../../../core/errors.ts';
import { type ProviderScope, type Unrouted, WireError } from '../../../provider/provider.ts';

/** On every one of 2,067 recorded answers. Of the recorded headers only HSTS and `Server` are left out. FIDELITY: HTTP. */
const answerHeaders = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers':
    'origin, content-type, accept, authorization, organization, user-agent, x-rockset-version, baggage, sentry-trace',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, HEAD, PATCH',
  'access-control-allow-origin': '*',
  'access-control-max-age': '1209600',
  'cache-control': 'no-store',
};

/** Bodies are JSON whatever the verb, no body is `{}`, and every answer carries the recorded headers. */
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
 * Java and Grafana announce JSON on every verb and send nothing; others send JSON and announce nothing. Both are fine.
 * What went to an unknown path is not looked at.
 */
function readJsonBodies(scope: ProviderScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, async (request: FastifyRequest, text: string | Buffer) => {
    if (request.is404) return {};
    const mediaType = request.headers['content-type'] ?? 'application/json';
    if (!/^application\/json\s*(;|$)/i.test(mediaType)) fail('media_type_unsupported', null);
    return parseJson(String(text));
  });
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  const value = decodeJson(text);
  if (isTooDeep(value)) fail('request_malformed', { problem: 'The request body is nested too deeply' });
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

/** Whether a value is nested so deeply that what walks over it by calling itself, such as JSON.stringify, might fail. */
function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true;
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Reads `reveal`: true for `true` in any case (Python sends `True`), false for every other text; the first one counts. */
export function parseQuery(query: string): Record<string, unknown> {
  const reveal = new URLSearchParams(query).get('reveal');
  return reveal === null ? {} : { reveal: reveal.toLowerCase() === 'true' };
}

/** What matched no route is not asked for a key. OPTIONS is answered everywhere, for browsers that ask before they call. */
export async function refuseUnrouted(request: FastifyRequest, { allowed }: Unrouted): Promise<never> {
  if (request.method === 'OPTIONS') throw new WireError({ status: 200, body: null });
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}
