import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';

/** `APIErrorPayload`: written by hand by the real server, with blanks and without a newline. */
export function apiError(status: number, errorCode: number, message: string, headers: Record<string, string> = {}): ErrorReply {
  const body = `{"statusCode": ${status}, "errorCode": ${errorCode}, "message": ${JSON.stringify(message)}}`;
  return { status, body, headers };
}

/** The one answer to every failed authentication: it has no `errorCode`. */
export const unauthorized: ErrorReply = { status: 401, body: '{"statusCode": 401, "message": "Unauthorized"}' };

/** An e-mail that nobody has, or a password that is not his; or a token that cannot be exchanged for another. */
export const invalidCredentials: ErrorReply = apiError(401, 20483, 'Cannot log in. User name or password is incorrect.');

/** A log-in whose body is not the JSON that is wanted; `problem` is Go's text. */
export function dataConversion(problem: string): ErrorReply {
  return apiError(400, 20481, `Error occurred in data conversion: '${problem}'.`);
}

/** `handle` is whatever was looked for: an id, or an e-mail. */
export function recordNotFound(handle: string): ErrorReply {
  return apiError(404, 20482, `Cannot find a record with ID ${handle}.`);
}

/** A rule of uniqueness: the real server calls the column an ID. */
export function duplicateRecord(column: string): ErrorReply {
  return apiError(400, 20484, `We found a duplicate record with ID ${column}.`);
}

/** Lengths are counted in bytes; fields are called as in the real server's Go. */
export function tooShort(field: string, min: number): ErrorReply {
  return apiError(400, 20492, `'${field}' must be at least ${min} in length.`);
}

export function tooLong(field: string, max: number): ErrorReply {
  return apiError(400, 20493, `'${field}' must be less than or equal to ${max} in length.`);
}

export function malformed(field: string): ErrorReply {
  return apiError(400, 20494, `Malformed value for '${field}'.`);
}

/** A rule that has a sentence of its own. */
export function brokenRule(sentence: string): ErrorReply {
  return apiError(400, 20496, sentence);
}

const malformedBody = malformed('body');
/** The real server's own answer to a crash: nothing of the cause. */
const panicked = apiError(500, 0, 'Panicked!');

function badRequest(field: string): ErrorReply {
  return apiError(400, 20480, `Invalid input data for '${field}'.`);
}

/** Codes and texts: `errcode` of the real server. What it never says (429, 405) is in its shape. FIDELITY: Errors. */
export function errorTable(): ErrorTable {
  return {
    codes: {
      credential_missing: () => unauthorized,
      credential_malformed: () => unauthorized,
      key_unknown: () => unauthorized,
      key_expired: () => unauthorized,
      key_suspended: () => unauthorized,
      key_revoked: () => unauthorized,
      permission_denied: ({ detail: { required } }) =>
        apiError(403, 20487, `You do not have the required permission: '${required}'.`),
      key_not_found: ({ detail: { handle } }) => recordNotFound(handle),
      key_name_taken: ({ detail: { name } }) => duplicateRecord(name),
      key_limit_reached: () => badRequest('max already reached'),
      transition_refused: () => badRequest('active'),
      request_malformed: () => malformedBody,
      request_invalid: ({ detail: { problem } }) => badRequest(problem),
      payload_too_large: () => malformedBody,
      media_type_unsupported: () => malformedBody,
      route_not_found: () => apiError(404, 0, 'not found'),
      method_not_allowed: ({ detail: { allowed } }) => apiError(405, 0, 'Method Not Allowed', { allow: allowed.join(', ') }),
      not_implemented: ({ detail: { operation } }) => apiError(501, 0, `${operation} is not emulated`),
      rate_limited: () => apiError(429, 0, 'Too Many Requests'),
      unavailable: () => ({ status: 500, body: '{"statusCode": 500, "message": "server not ready"}' }),
      internal: () => panicked,
    },
    // Every status of `errcode`.
    statuses: {
      400: () => badRequest('body'),
      401: 'credential_missing',
      403: () => apiError(403, 20487, "You do not have the required permission: 'RBAC/userID'."),
      404: 'route_not_found',
      405: () => apiError(405, 0, 'Method Not Allowed'),
      412: () => apiError(412, 20497, 'Precondition failed.'),
      429: 'rate_limited',
      500: () => apiError(500, 20489, "An internal error occurred: ''."),
      503: () => apiError(503, 0, 'Service Unavailable'),
    },
  };
}
