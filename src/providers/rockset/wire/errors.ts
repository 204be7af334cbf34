import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { EmulatorError } from '../../../core/errors.ts';
import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';
import { isBearer } from './credentials.ts';

/** The types of the specification's `ErrorModel` that this provider answers with. */
export type ErrorType =
  | 'ALREADYEXISTS'
  | 'AUTHEXCEPTION'
  | 'BADREQUEST'
  | 'CONFLICT'
  | 'CONNECTION_ERROR'
  | 'CONTENTTOOLARGE'
  | 'FORBIDDEN'
  | 'INTERNALERROR'
  | 'INVALIDINPUT'
  | 'METHODNOTALLOWED'
  | 'NOTACCEPTABLE'
  | 'NOTFOUND'
  | 'NOTIMPLEMENTEDYET'
  | 'QUERY_TIMEOUT'
  | 'RATELIMITEXCEEDED'
  | 'RESOURCEEXCEEDED'
  | 'SERVICEUNAVAILABLE'
  | 'UNSUPPORTEDMEDIATYPE';

/** The recorded error body: nine fields, always all of them, in this order; `trace_id` is new in every answer. */
export function rocksetError(status: number, type: ErrorType, message: string, messageKey: string | null = null): ErrorReply {
  return {
    status,
    body: {
      message,
      message_key: messageKey,
      type,
      line: null,
      column: null,
      trace_id: randomUUID(),
      error_id: null,
      query_id: null,
      internal_errors: null,
    },
  };
}

/** For something that the request names and that does not exist. */
export function notFound(message: string, messageKey: string | null = null): ErrorReply {
  return rocksetError(404, 'NOTFOUND', message, messageKey);
}

/** For a value that can be read but is not accepted. */
export function invalidInput(message: string): ErrorReply {
  return rocksetError(400, 'INVALIDINPUT', message);
}

/** For a name that is taken. Integrators test for exactly this status and type, with other resources. FIDELITY: Create. */
export function alreadyExists(message: string): ErrorReply {
  return rocksetError(400, 'ALREADYEXISTS', message);
}

/** For a principal that lacks a permission. No 403 was ever recorded. FIDELITY: Authorisation. */
export function forbidden(message: string): ErrorReply {
  return rocksetError(403, 'FORBIDDEN', message);
}

const refused = (message: string): ErrorReply => rocksetError(401, 'AUTHEXCEPTION', message);

/** The refusal of a key; for an id token the words are the same, whatever is wrong with it. */
function refusedKey(message: string): (error: unknown, request: FastifyRequest) => ErrorReply {
  return (_error, request) => refused(isBearer(request) ? 'Invalid or expired access token' : message);
}
const unknownKey = refusedKey('Invalid API key');
// The documentation calls a key past its expiry suspended.
const stoppedKey = ({ detail }: EmulatorError<'key_expired' | 'key_suspended'>, request: FastifyRequest) =>
  refusedKey(`API key "${detail.name ?? ''}" is suspended`)(null, request);

/** By the problem of a malformed credential. A credential of the wrong kind for its scheme is refused as an unknown one. */
const unreadable: Readonly<Record<string, typeof unknownKey>> = {
  organization: () => refused('Organization header is missing or invalid'),
  scheme: () => refused('Authorization header must be of the form "ApiKey <key>"'),
};

/** Only the shape and the 404 of a role are recorded; the other texts are ours. FIDELITY: Errors. */
const codes: ErrorTable['codes'] = {
  credential_missing: () => refused('Authorization header is missing'),
  credential_malformed: (error, request) => unreadable[error.detail.problem]?.(error, request) ?? unknownKey(error, request),
  key_unknown: unknownKey,
  key_revoked: unknownKey,
  key_suspended: stoppedKey,
  key_expired: stoppedKey,
  permission_denied: () => forbidden('Not authorized to perform this action'),
  key_not_found: ({ detail: { handle } }) => notFound(`API key "${handle}" not found`, 'API_KEY_NOT_FOUND'),
  key_name_taken: ({ detail: { name } }) => alreadyExists(`API key "${name}" already exists`),
  key_limit_reached: ({ detail: { limit } }) =>
    rocksetError(400, 'RESOURCEEXCEEDED', `No more than ${limit} API keys are allowed`),
  transition_refused: ({ detail: { from, to } }) =>
    invalidInput(
      from === 'expired'
        ? 'The API key has expired: set a future expiry_time or clear_expiry_time to make it ACTIVE'
        : `The API key cannot change from ${from} to ${to}`,
    ),
  request_malformed: ({ detail: { problem } }) => rocksetError(400, 'BADREQUEST', problem),
  request_invalid: ({ detail: { problem } }) => invalidInput(problem),
  payload_too_large: () => rocksetError(413, 'CONTENTTOOLARGE', 'The request body is too large'),
  media_type_unsupported: () => rocksetError(415, 'UNSUPPORTEDMEDIATYPE', 'The content type must be application/json'),
  route_not_found: () => notFound('There is nothing at this path'),
  method_not_allowed: ({ detail: { allowed } }) => ({
    ...rocksetError(405, 'METHODNOTALLOWED', `The method must be one of ${allowed.join(', ')}`),
    headers: { allow: allowed.join(', ') },
  }),
  not_implemented: ({ detail: { operation } }) => rocksetError(501, 'NOTIMPLEMENTEDYET', `${operation} is not emulated`),
  rate_limited: () => rocksetError(429, 'RATELIMITEXCEEDED', 'Too many requests'),
  unavailable: () => rocksetError(503, 'SERVICEUNAVAILABLE', 'The service is unavailable'),
  internal: () => rocksetError(500, 'INTERNALERROR', 'Internal error'),
};

/**
 * Every status that the specification names, and 413. Which type goes with which status is recorded only for 404 and 408.
 */
const statuses: ErrorTable['statuses'] = {
  400: () => invalidInput('The request is invalid'),
  401: () => refused('Invalid API key'),
  403: () => forbidden('Not authorized to perform this action'),
  404: 'route_not_found',
  405: () => rocksetError(405, 'METHODNOTALLOWED', 'The method is not allowed'),
  406: () => rocksetError(406, 'NOTACCEPTABLE', 'The answer is not acceptable'),
  408: () => rocksetError(408, 'QUERY_TIMEOUT', 'The request timed out'),
  409: () => rocksetError(409, 'CONFLICT', 'There is a conflict with another resource'),
  413: 'payload_too_large',
  415: 'media_type_unsupported',
  429: 'rate_limited',
  500: 'internal',
  501: () => rocksetError(501, 'NOTIMPLEMENTEDYET', 'Not implemented'),
  502: () => rocksetError(502, 'CONNECTION_ERROR', 'The connection failed'),
  503: 'unavailable',
};

/** The errors of every era: what is wrong with a request is worded alike in all of them. */
export function errorTable(): ErrorTable {
  return { codes, statuses };
}
