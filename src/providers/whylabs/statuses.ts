import type { FastifyRequest } from 'fastify';
import type { ErrorReply } from '../../provider/provider.ts';
import { handledError, storeFailure, tooMany, unavailable } from './wire/errors.ts';

/** One answer for each status that the server's handlers and filters send: for faults, which say no more than a status. */
export const statuses: ReadonlyMap<number, (request: FastifyRequest) => ErrorReply> = new Map([
  [400, (request: FastifyRequest) => handledError(request, 400, 'IllegalArgument', 'Invalid request')],
  [401, () => ({ status: 401, body: null })],
  [403, () => ({ status: 403, body: null })],
  [404, (request: FastifyRequest) => handledError(request, 404, 'ResourceNotFound', 'Resource not found.')],
  [409, (request: FastifyRequest) => handledError(request, 409, 'ResourceAlreadyExists', 'Resource already exists.')],
  [410, (request: FastifyRequest) => handledError(request, 410, 'PermanentlyRemoved', 'This operation was removed.')],
  [429, () => ({ status: 429, body: tooMany })],
  [500, storeFailure],
  [501, (request: FastifyRequest) => handledError(request, 501, 'NotImplemented', 'Not implemented')],
  [503, unavailable],
]);
