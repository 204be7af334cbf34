import type { FastifyRequest } from 'fastify';
import { type ErrorReply, type ErrorTable, WireError } from '../../../provider/provider.ts';
import { presentedKey } from './presented-key.ts';
import { requestIdOf } from './request-id.ts';
import { targetOf } from './target.ts';

/**
 * What the server's own exception handlers send: `type` is the name of the exception without "Exception". Only
 * `ArgumentValue` has a `parameter`.
 */
export function handledError(
  request: FastifyRequest,
  status: number,
  type: string,
  message: string,
  more: { readonly parameter?: string } = {},
): ErrorReply {
  return { status, body: { message, requestId: requestIdOf(request), type, ...more } };
}

/** Throws the 404 of an unknown resource. */
export function refuseMissingResource(request: FastifyRequest, resource: string, id: string): never {
  throw new WireError(handledError(request, 404, 'ResourceNotFound', notFound(resource, id)));
}

/** The real server's words for an unknown resource. */
export function notFound(resource: string, id: string): string {
  return `Resource ${resource} with ID ${id} not found.`;
}

/** What the server answers when its store refuses a change; it never gives the reason. */
export function storeFailure(request: FastifyRequest): ErrorReply {
  return handledError(request, 500, 'Internal', 'Internal error. Unable to process request');
}

interface EmbeddedError {
  readonly message: string;
  readonly path?: string;
}

/** What the framework (Micronaut) sends for errors of its own. */
export function frameworkError(request: FastifyRequest, status: number, message: string, error: EmbeddedError): ErrorReply {
  const self = { href: targetOf(request).href, templated: false };
  return { status, body: { message, _links: { self }, _embedded: { errors: [error] } } };
}

/** The security filter sends nothing but a status. */
function silent(status: number): ErrorReply {
  return { status, body: null };
}

/**
 * A request that matches no route is answered 404 if it has the header, whether the key is good or bad. Without the header
 * the security filter refuses it: with 403 if a cookie carries a key, else with 401. FIDELITY: Routing.
 */
function unmatched(request: FastifyRequest): ErrorReply {
  if (request.headers['x-api-key'] !== undefined) return silent(404);
  return silent(presentedKey(request) === undefined ? 401 : 403);
}

/** How the server words every error that a request can meet here. */
export function errorTable(): ErrorTable {
  return { codes, statuses };
}

const codes: ErrorTable['codes'] = {
  credential_missing: () => silent(401),
  credential_malformed: () => silent(403),
  key_unknown: () => silent(403),
  key_expired: () => silent(403),
  key_revoked: () => silent(403),
  // The real server cannot suspend a key: one that the control plane suspended is refused like an unknown key.
  key_suspended: () => silent(403),
  permission_denied: () => silent(403),
  key_not_found: ({ detail: { handle } }, request) => handledError(request, 404, 'ResourceNotFound', notFound('ApiKey', handle)),
  key_name_taken: (_error, request) => storeFailure(request),
  key_limit_reached: (_error, request) => handledError(request, 400, 'IllegalArgument', 'Key limit reached'),
  transition_refused: (_error, request) => handledError(request, 400, 'IllegalArgument', 'Key has been revoked'),
  // A handler refused the request.
  request_malformed: ({ detail: { problem } }, request) => handledError(request, 400, 'IllegalArgument', problem),
  // The framework could not bind an argument.
  request_invalid: ({ detail: { problem, path } }, request) =>
    frameworkError(request, 400, 'Bad Request', { message: problem, path }),
  payload_too_large: (_error, request) =>
    frameworkError(request, 413, 'Request Entity Too Large', { message: 'Request Entity Too Large' }),
  media_type_unsupported: (_error, request) => unmatched(request),
  expectation_failed: (_error, request) => frameworkError(request, 417, 'Expectation Failed', { message: 'Expectation Failed' }),
  route_not_found: (_error, request) => unmatched(request),
  method_not_allowed: (_error, request) => unmatched(request),
  not_implemented: ({ detail: { operation } }, request) =>
    handledError(request, 501, 'NotImplemented', `${operation} is not emulated`),
  rate_limited: () => ({ status: 429, body: 'Too many requests. Please try again later.' }),
  // The framework's answer of a server that is not ready.
  unavailable: (_error, request) => frameworkError(request, 503, 'Service Unavailable', { message: 'Service Unavailable' }),
  internal: (_error, request) =>
    frameworkError(request, 500, 'Internal Server Error', { message: 'Internal Server Error: Unexpected error' }),
};

/** What the server's handlers and filters send. */
const statuses: ErrorTable['statuses'] = {
  400: (request) => handledError(request, 400, 'IllegalArgument', 'Invalid request'),
  401: 'credential_missing',
  403: 'key_unknown',
  404: (request) => handledError(request, 404, 'ResourceNotFound', 'Resource not found.'),
  409: (request) => handledError(request, 409, 'ResourceAlreadyExists', 'Resource already exists.'),
  410: (request) => handledError(request, 410, 'PermanentlyRemoved', 'This operation was removed.'),
  429: 'rate_limited',
  500: storeFailure,
  501: (request) => handledError(request, 501, 'NotImplemented', 'Not implemented'),
  503: 'unavailable',
};
