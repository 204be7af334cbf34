import type { FastifyRequest } from 'fastify';
import type { EmulatorError } from '../../../core/errors.ts';
import type {} from '../../../http/trace.ts';
import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';
import { shownExpiry } from '../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../profiles.ts';

const format =
  'The Authorization HTTP Header should be in the format "Authorization: Bearer ESTxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxARY".';

/** The texts since v0.1.11 (commit 694f625b); earlier versions had one text for both. FIDELITY: profiles. */
const longTexts: ReadonlyMap<string, string> = new Map([
  ['ERR_AUTH_MISSING_BEARER', `Unsupported authorization scheme: Bearer is a required prefix. ${format}`],
  [
    'ERR_INVALID_AUTH',
    `Invalid Auth: An Invalid API Key was specified. ${format} You have the Bearer prefix but your API Key is empty or missing.`,
  ],
]);

/** An error of any route since v0.1.1: wrapped, with its fields in this order. */
export function estuaryError(status: number, reason: string, details: string, headers: Record<string, string> = {}): ErrorReply {
  return { status, headers, body: { error: { code: status, reason, details } } };
}

/** An error of echo itself, which repeats its text. */
function frameworkError(status: number, text: string, headers?: Record<string, string>): ErrorReply {
  return estuaryError(status, text, text, headers);
}

/** The answer to a plain Go error that a handler returned: always 500, with the error's text. */
export function unhandled(details: string): ErrorReply {
  return estuaryError(500, 'Internal Server Error', details);
}

const unknownToken = () => estuaryError(401, 'ERR_INVALID_TOKEN', 'api key does not exist');

/** The expiry is that of the key itself, where it is known: to the nanosecond. */
function expiredToken({ detail }: EmulatorError<'key_expired'>, { trace, now }: FastifyRequest): ErrorReply {
  const { owner, expiresAt } = detail;
  const key = trace?.key;
  const attributes = key?.expiresAt === expiresAt ? key.attributes : {};
  const date = goTime(shownExpiry({ expiresAt, createdAt: now, attributes }));
  return estuaryError(401, 'ERR_TOKEN_EXPIRED', `token for user ${owner} expired ${date}`);
}

/** The errors that every version words in the same way. */
const codes: Omit<ErrorTable['codes'], 'credential_malformed' | 'method_not_allowed'> = {
  credential_missing: () => estuaryError(401, 'ERR_AUTH_MISSING', 'no api key was specified'),
  key_unknown: unknownToken,
  key_revoked: unknownToken,
  // The real server cannot suspend a key; one that is suspended from outside is refused as unknown. FIDELITY: states.
  key_suspended: unknownToken,
  key_expired: expiredToken,
  permission_denied: ({ detail: { required } }) => estuaryError(403, 'ERR_NOT_AUTHORIZED', required),
  key_not_found: () => frameworkError(404, 'Not Found'),
  key_name_taken: () => unhandled('UNIQUE constraint failed: auth_tokens.token_hash'),
  key_limit_reached: () => frameworkError(429, 'Too Many Requests'),
  transition_refused: unknownToken,
  request_malformed: ({ detail: { problem } }) => invalidInput(problem),
  request_invalid: ({ detail: { problem } }) => invalidInput(problem),
  payload_too_large: () => frameworkError(413, 'Request Entity Too Large'),
  media_type_unsupported: () => frameworkError(415, 'Unsupported Media Type'),
  // Go's server answers it itself, and closes the connection.
  expectation_failed: () => ({ status: 417, body: null, headers: { connection: 'close' } }),
  route_not_found: () => frameworkError(404, 'Not Found'),
  not_implemented: ({ detail: { operation } }) => estuaryError(501, 'Not Implemented', `${operation} is not emulated`),
  rate_limited: () => estuaryError(429, 'Too Many Requests', 'rate limit exceeded'),
  unavailable: () => frameworkError(503, 'Service Unavailable'),
  internal: () => unhandled('Internal Server Error'),
};

/** The real server documents 400, 404 and 500 only. */
const statuses: ErrorTable['statuses'] = {
  400: () => invalidInput('EOF'),
  401: 'key_unknown',
  403: () => estuaryError(403, 'ERR_NOT_AUTHORIZED', 'user not authorized'),
  404: 'route_not_found',
  405: () => frameworkError(405, 'Method Not Allowed'),
  429: 'rate_limited',
  500: 'internal',
  502: () => frameworkError(502, 'Bad Gateway'),
  503: 'unavailable',
};

/** The errors of one version. FIDELITY: errors, profiles. */
export function errorTable(profile: EstuaryProfile): ErrorTable {
  return {
    codes: {
      ...codes,
      credential_malformed: ({ detail: { problem } }) => {
        const text = profile.checksSchemeFirst ? longTexts.get(problem) : undefined;
        return estuaryError(401, problem, text ?? 'invalid api key was specified');
      },
      method_not_allowed: ({ detail: { allowed } }) => frameworkError(405, 'Method Not Allowed', allowHeader(profile, allowed)),
    },
    statuses,
  };
}

function invalidInput(problem: string): ErrorReply {
  return estuaryError(400, 'ERR_INVALID_INPUT', `one or more params has an invalid data type or not supported: ${problem}`);
}

/** The header `Allow` as echo 4.10 sends it, OPTIONS first; no header in versions with an older echo. */
export function allowHeader(profile: EstuaryProfile, allowed: readonly string[]): Record<string, string> {
  return profile.sendsAllow && allowed.length > 0 ? { allow: ['OPTIONS', ...allowed].join(', ') } : {};
}

/** An RFC 3339 text as Go prints a UTC time: `2026-11-21 22:02:12.697 +0000 UTC`. */
function goTime(text: string): string {
  return text.replace('T', ' ').replace('Z', ' +0000 UTC');
}
