import type { Instant } from '../../../clock.ts';
import { toIso } from '../../../clock.ts';
import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';

const format =
  'The Authorization HTTP Header should be in the format "Authorization: Bearer ESTxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxARY".';

/** Texts since v0.1.11 (commit 694f625b); before, both read alike. FIDELITY: profiles. */
const longTexts: ReadonlyMap<string, string> = new Map([
  ['ERR_AUTH_MISSING_BEARER', `Unsupported authorization scheme: Bearer is a required prefix. ${format}`],
  [
    'ERR_INVALID_AUTH',
    `Invalid Auth: An Invalid API Key was specified. ${format} You have the Bearer prefix but your API Key is empty or missing.`,
  ],
]);

/** The wrapped error of every route since v0.1.1, keys in this order. */
export function estuaryError(status: number, reason: string, details: string, headers: Record<string, string> = {}): ErrorReply {
  return { status, headers, body: { error: { code: status, reason, details } } };
}

/** echo's own errors say the same twice. */
function frameworkError(status: number, text: string, headers?: Record<string, string>): ErrorReply {
  return estuaryError(status, text, text, headers);
}

/** What a handler returns as a plain Go error: always 500, with the error's text. */
export function unhandled(details: string): ErrorReply {
  return estuaryError(500, 'Internal Server Error', details);
}

const unknownToken = estuaryError(401, 'ERR_INVALID_TOKEN', 'api key does not exist');

export function errorTable(profile: EstuaryProfile): ErrorTable {
  return {
    codes: {
      credential_missing: () => estuaryError(401, 'ERR_AUTH_MISSING', 'no api key was specified'),
      credential_malformed: ({ detail: { problem } }) => {
        const text = profile.checksSchemeFirst ? longTexts.get(problem) : undefined;
        return estuaryError(401, problem, text ?? 'invalid api key was specified');
      },
      key_unknown: () => unknownToken,
      key_revoked: () => unknownToken,
      // The real server cannot suspend a key; one that is stopped from outside is as good as unknown.
      key_suspended: () => unknownToken,
      key_expired: ({ detail: { owner, expiresAt } }) =>
        estuaryError(401, 'ERR_TOKEN_EXPIRED', `token for user ${owner} expired ${goTime(expiresAt ?? 0)}`),
      permission_denied: ({ detail: { required } }) => estuaryError(403, 'ERR_NOT_AUTHORIZED', required),
      key_not_found: () => frameworkError(404, 'Not Found'),
      key_name_taken: () => unhandled('UNIQUE constraint failed: auth_tokens.token_hash'),
      key_limit_reached: () => frameworkError(429, 'Too Many Requests'),
      transition_refused: () => unknownToken,
      request_malformed: ({ detail: { problem } }) => invalidInput(problem),
      request_invalid: ({ detail: { problem } }) => invalidInput(problem),
      payload_too_large: () => frameworkError(413, 'Request Entity Too Large'),
      media_type_unsupported: () => frameworkError(415, 'Unsupported Media Type'),
      route_not_found: () => frameworkError(404, 'Not Found'),
      method_not_allowed: ({ detail: { allowed } }) => frameworkError(405, 'Method Not Allowed', allowHeader(profile, allowed)),
      not_implemented: ({ detail: { operation } }) => estuaryError(501, 'Not Implemented', `${operation} is not emulated`),
      rate_limited: () => estuaryError(429, 'Too Many Requests', 'rate limit exceeded'),
      unavailable: () => frameworkError(503, 'Service Unavailable'),
      internal: () => unhandled('Internal Server Error'),
    },
    // The real server documents 400, 404 and 500.
    statuses: {
      400: () => invalidInput('EOF'),
      401: 'key_unknown',
      403: () => estuaryError(403, 'ERR_NOT_AUTHORIZED', 'user not authorized'),
      404: 'route_not_found',
      405: () => frameworkError(405, 'Method Not Allowed'),
      429: 'rate_limited',
      500: 'internal',
      502: () => frameworkError(502, 'Bad Gateway'),
      503: 'unavailable',
    },
  };
}

function invalidInput(problem: string): ErrorReply {
  return estuaryError(400, 'ERR_INVALID_INPUT', `one or more params has an invalid data type or not supported: ${problem}`);
}

/** `Allow` as echo 4.10 sends it: OPTIONS first. */
export function allowHeader(profile: EstuaryProfile, allowed: readonly string[]): Record<string, string> {
  return profile.sendsAllow && allowed.length > 0 ? { allow: ['OPTIONS', ...allowed].join(', ') } : {};
}

/** An instant as Go prints a UTC time: `2026-11-21 22:02:12.697 +0000 UTC`. */
function goTime(instant: Instant): string {
  return toIso(instant)
    .replace('T', ' ')
    .replace(/\.?0*Z$/, ' +0000 UTC');
}
