import type { FastifyRequest } from 'fastify';
import { type ErrorReply, type ErrorTable, WireError } from '../../../provider/provider.ts';
import { presentedKey } from './credential.ts';
import { requestIdOf } from './request-id.ts';
import { targetOf } from './target.ts';

/**
 * What the server's own exception handlers send: `type` is the exception's name without "Exception". Only one of them
 * adds `more`.
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

/** Throws the 404 for a resource that is not there. */
export function refuseMissingResource(request: FastifyRequest, resource: string, id: string): never {
  throw new WireError(handledError(request, 404, 'ResourceNotFound', notFound(resource, id)));
}

/** How the real server words what is not there. */
export function notFound(resource: string, id: string): string {
  return `Resource ${resource} with ID ${id} not found.`;
}

/** What the server says when its store refuses, which it never explains. */
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

/** A refusal says nothing but its status. */
function silent(status: number): ErrorReply {
  return { status, body: null };
}

/**
 * What matched no route: with the header, good or bad, it is not found. Without it the security filter refuses, and says
 * 403 where a cookie carries a key. FIDELITY: Routing.
 */
function unmatched(request: FastifyRequest): ErrorReply {
  if (request.headers['x-api-key'] !== undefined) return silent(404);
  return silent(presentedKey(request) === undefined ? 401 : 403);
}

export function errorTable(): ErrorTable {
  return {
    codes: {
      credential_missing: () => silent(401),
      credential_malformed: () => silent(403),
      key_unknown: () => silent(403),
      key_expired: () => silent(403),
      key_revoked: () => silent(403),
      // The real server cannot suspend a key; one that is stopped from outside is as good as unknown.
      key_suspended: () => silent(403),
      permission_denied: () => silent(403),
      key_not_found: ({ detail: { handle } }, request) =>
        handledError(request, 404, 'ResourceNotFound', notFound('ApiKey', handle)),
      key_name_taken: (_error, request) => storeFailure(request),
      key_limit_reached: (_error, request) => handledError(request, 400, 'IllegalArgument', 'Key limit reached'),
      transition_refused: (_error, request) => handledError(request, 400, 'IllegalArgument', 'Key has been revoked'),
      // What a handler refuses, as against what the framework cannot bind.
      request_malformed: ({ detail: { problem } }, request) => handledError(request, 400, 'IllegalArgument', problem),
      request_invalid: ({ detail: { problem, path } }, request) =>
        frameworkError(request, 400, 'Bad Request', { message: problem, path }),
      payload_too_large: (_error, request) =>
        frameworkError(request, 413, 'Request Entity Too Large', { message: 'Request Entity Too Large' }),
      media_type_unsupported: (_error, request) => unmatched(request),
      route_not_found: (_error, request) => unmatched(request),
      method_not_allowed: (_error, request) => unmatched(request),
      not_implemented: ({ detail: { operation } }, request) =>
        handledError(request, 501, 'NotImplemented', `${operation} is not emulated`),
      rate_limited: () => ({ status: 429, body: 'Too many requests. Please try again later.' }),
      // What the framework would say of a server that is not ready.
      unavailable: (_error, request) => frameworkError(request, 503, 'Service Unavailable', { message: 'Service Unavailable' }),
      internal: (_error, request) =>
        frameworkError(request, 500, 'Internal Server Error', { message: 'Internal Server Error: Unexpected error' }),
    },
    // What the server's handlers and filters send.
    statuses: {
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
    },
  };
}
