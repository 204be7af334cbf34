import { randomUUID } from 'node:crypto';
import type { ErrorReply, ErrorTable } from '../../../provider/provider.ts';
import type { ErrorField, RocksetProfile } from '../profiles.ts';

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

type ErrorBody = Readonly<Record<ErrorField, string | null>> & { readonly type: ErrorType };

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

/** For every credential that is not accepted: the only text of a refusal that was ever published. FIDELITY: Authentication. */
const refused = (): ErrorReply => rocksetError(401, 'AUTHEXCEPTION', 'Authentication Failure');

/** The shape, the 401 and the 404 of a role are recorded; the other texts are ours. FIDELITY: Errors. */
const codes: ErrorTable['codes'] = {
  credential_missing: refused,
  credential_malformed: refused,
  key_unknown: refused,
  key_revoked: refused,
  key_suspended: refused,
  key_expired: refused,
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
  expectation_failed: () => rocksetError(417, 'BADREQUEST', 'The header Expect must be 100-continue'),
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
  401: refused,
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

/** How types were spelt before March 2023. `NotFound` is recorded, and the others are spelt alike. FIDELITY: Errors. */
const earlyTypes: Readonly<Record<ErrorType, string>> = {
  ALREADYEXISTS: 'AlreadyExists',
  AUTHEXCEPTION: 'AuthException',
  BADREQUEST: 'BadRequest',
  CONFLICT: 'Conflict',
  CONNECTION_ERROR: 'ConnectionError',
  CONTENTTOOLARGE: 'ContentTooLarge',
  FORBIDDEN: 'Forbidden',
  INTERNALERROR: 'InternalError',
  INVALIDINPUT: 'InvalidInput',
  METHODNOTALLOWED: 'MethodNotAllowed',
  NOTACCEPTABLE: 'NotAcceptable',
  NOTFOUND: 'NotFound',
  NOTIMPLEMENTEDYET: 'NotImplementedYet',
  QUERY_TIMEOUT: 'QueryTimeout',
  RATELIMITEXCEEDED: 'RateLimitExceeded',
  RESOURCEEXCEEDED: 'ResourceExceeded',
  SERVICEUNAVAILABLE: 'ServiceUnavailable',
  UNSUPPORTEDMEDIATYPE: 'UnsupportedMediaType',
};

/** The errors of one era: the same words in all of them, in the fields and the spelling of the era. */
export function errorTable({ errorFields, typeSpelling }: RocksetProfile): ErrorTable {
  const reshape = (reply: ErrorReply): ErrorReply => {
    if (!isErrorBody(reply.body)) return reply;
    const { body } = reply;
    const spelt = { ...body, type: typeSpelling === 'NotFound' ? earlyTypes[body.type] : body.type };
    return { ...reply, body: Object.fromEntries(errorFields.map((field) => [field, spelt[field]])) };
  };
  return { codes, statuses, reshape };
}

/** Whether an answer has an error in its body: OPTIONS does not. */
function isErrorBody(body: ErrorReply['body']): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'type' in body && String(body.type) in earlyTypes;
}
