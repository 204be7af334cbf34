import type { ErrorReply, ErrorTable } from '../../http/provider.ts';

/** `APIErrorPayload`: written by hand by the real server, with blanks and without a newline. */
function apiError(status: number, errorCode: number, message: string, headers: Record<string, string> = {}): ErrorReply {
  const body = `{"statusCode": ${status}, "errorCode": ${errorCode}, "message": ${JSON.stringify(message)}}`;
  return { status, body, headers };
}

/** The one answer to every failed authentication: it has no `errorCode`. */
export const unauthorized: ErrorReply = { status: 401, body: '{"statusCode": 401, "message": "Unauthorized"}' };

/** An e-mail that nobody has, or a password that is not his. */
export const invalidCredentials: ErrorReply = apiError(401, 20483, 'Cannot log in. User name or password is incorrect.');

/** A log-in whose body is not the JSON that is wanted; `problem` is Go's text. */
export function dataConversion(problem: string): ErrorReply {
  return apiError(400, 20481, `Error occurred in data conversion: '${problem}'.`);
}

const malformedBody = apiError(400, 20494, "Malformed value for 'body'.");
/** The real server's own answer to a crash: nothing of the cause. */
const panicked = apiError(500, 0, 'Panicked!');

function badRequest(field: string): ErrorReply {
  return apiError(400, 20480, `Invalid input data for '${field}'.`);
}

/** Codes and texts: `errcode` of the real server. What it never says (429, 405) is in its shape. FIDELITY: errors. */
export const errors: ErrorTable = {
  credential_missing: () => unauthorized,
  credential_malformed: () => unauthorized,
  key_unknown: () => unauthorized,
  key_expired: () => unauthorized,
  key_suspended: () => unauthorized,
  key_revoked: () => unauthorized,
  permission_denied: ({ detail: { required } }) =>
    apiError(403, 20487, `You do not have the required permission: '${required}'.`),
  key_not_found: ({ detail: { handle } }) => apiError(404, 20482, `Cannot find a record with ID ${handle}.`),
  key_name_taken: ({ detail: { name } }) => apiError(400, 20484, `We found a duplicate record with ID ${name}.`),
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
};
