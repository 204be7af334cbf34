import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';

/** `APIErrorPayload`, as the real server writes it by hand: with blanks after `:` and `,`, and without a newline. */
export function apiError(status: number, errorCode: number, message: string, headers: Record<string, string> = {}): ErrorReply {
  const body = `{"statusCode": ${status}, "errorCode": ${errorCode}, "message": ${JSON.stringify(message)}}`;
  return { status, body, headers };
}

/** The answer to every failed authentication: it has no `errorCode`. */
export const unauthorized: ErrorReply = { status: 401, body: '{"statusCode": 401, "message": "Unauthorized"}' };

/** An unknown e-mail or a wrong password; also a token that is refused at an exchange. */
export const invalidCredentials: ErrorReply = apiError(401, 20483, 'Cannot log in. User name or password is incorrect.');

/** A log-in whose body does not decode; `problem` is the text of Go's decoder. */
export function dataConversion(problem: string): ErrorReply {
  return apiError(400, 20481, `Error occurred in data conversion: '${problem}'.`);
}

/** `handle` is the id or the e-mail that was looked up. */
export function recordNotFound(handle: string): ErrorReply {
  return apiError(404, 20482, `Cannot find a record with ID ${handle}.`);
}

/** A value that must be unique and is not: the real server calls its column an ID. */
export function duplicateRecord(column: string): ErrorReply {
  return apiError(400, 20484, `We found a duplicate record with ID ${column}.`);
}

/** Lengths are in bytes; `field` is the name in the real server's Go struct. */
export function tooShort(field: string, min: number): ErrorReply {
  return apiError(400, 20492, `'${field}' must be at least ${min} in length.`);
}

export function tooLong(field: string, max: number): ErrorReply {
  return apiError(400, 20493, `'${field}' must be less than or equal to ${max} in length.`);
}

export function malformed(field: string): ErrorReply {
  return apiError(400, 20494, `Malformed value for '${field}'.`);
}

/** A broken rule that has its own sentence. */
export function brokenRule(sentence: string): ErrorReply {
  return apiError(400, 20496, sentence);
}

const malformedBody = malformed('body');
/** The real server's answer when it crashes; it does not tell the cause. */
const panicked = apiError(500, 0, 'Panicked!');

function permissionDenied(required: string): ErrorReply {
  return apiError(403, 20487, `You do not have the required permission: '${required}'.`);
}

function badRequest(field: string): ErrorReply {
  return apiError(400, 20480, `Invalid input data for '${field}'.`);
}

/** Codes and texts are those of the real server's `errcode`; 405, 429 and 501, which it never sends, have its shape. FIDELITY: Errors. */
const codes: ErrorTable['codes'] = {
  credential_missing: () => unauthorized,
  credential_malformed: () => unauthorized,
  key_unknown: () => unauthorized,
  key_expired: () => unauthorized,
  key_suspended: () => unauthorized,
  key_revoked: () => unauthorized,
  permission_denied: ({ detail: { required } }) => permissionDenied(required),
  key_not_found: ({ detail: { handle } }) => recordNotFound(handle),
  key_name_taken: ({ detail: { name } }) => duplicateRecord(name),
  key_limit_reached: () => badRequest('max already reached'),
  transition_refused: () => badRequest('active'),
  request_malformed: () => malformedBody,
  request_invalid: ({ detail: { problem } }) => badRequest(problem),
  payload_too_large: () => malformedBody,
  media_type_unsupported: () => malformedBody,
  // Go's server answers it itself, and closes the connection.
  expectation_failed: () => ({ status: 417, body: null, headers: { connection: 'close' } }),
  route_not_found: () => apiError(404, 0, 'not found'),
  method_not_allowed: ({ detail: { allowed } }) => apiError(405, 0, 'Method Not Allowed', { allow: allowed.join(', ') }),
  not_implemented: ({ detail: { operation } }) => apiError(501, 0, `${operation} is not emulated`),
  rate_limited: () => apiError(429, 0, 'Too Many Requests'),
  unavailable: () => ({ status: 500, body: '{"statusCode": 500, "message": "server not ready"}' }),
  internal: () => panicked,
};

/** Every status of `errcode`; and in its shape 405, 429 and 503, which faults may ask for. */
const statuses: ErrorTable['statuses'] = {
  400: () => badRequest('body'),
  401: 'credential_missing',
  403: () => permissionDenied('RBAC/userID'),
  404: 'route_not_found',
  405: () => apiError(405, 0, 'Method Not Allowed'),
  412: () => apiError(412, 20497, 'Precondition failed.'),
  429: 'rate_limited',
  500: () => apiError(500, 20489, "An internal error occurred: ''."),
  503: () => apiError(503, 0, 'Service Unavailable'),
};

/** How the real server words its errors, in every profile. */
export function errorTable(): ErrorTable {
  return { codes, statuses };
}
