import type { ErrorReply } from '../../provider/provider.ts';
import { type ErrorType, rocksetError } from './wire/errors.ts';

const types: readonly (readonly [status: number, type: ErrorType, message: string])[] = [
  [400, 'INVALIDINPUT', 'The request is invalid'],
  [401, 'AUTHEXCEPTION', 'Invalid API key'],
  [403, 'FORBIDDEN', 'Not authorized to perform this action'],
  [404, 'NOTFOUND', 'There is nothing at this path'],
  [405, 'METHODNOTALLOWED', 'The method is not allowed'],
  [406, 'NOTACCEPTABLE', 'The answer is not acceptable'],
  [408, 'QUERY_TIMEOUT', 'The request timed out'],
  [409, 'CONFLICT', 'There is a conflict with another resource'],
  [413, 'CONTENTTOOLARGE', 'The request body is too large'],
  [415, 'UNSUPPORTEDMEDIATYPE', 'The content type must be application/json'],
  [429, 'RATELIMITEXCEEDED', 'Too many requests'],
  [500, 'INTERNALERROR', 'Internal error'],
  [501, 'NOTIMPLEMENTEDYET', 'Not implemented'],
  [502, 'CONNECTION_ERROR', 'The connection failed'],
  [503, 'SERVICEUNAVAILABLE', 'The service is unavailable'],
];

/**
 * Every status that the specification names for every operation, and 413: for faults, which say no more than a status.
 * Which type goes with which is recorded for 404 and 408 alone.
 */
export const statuses: ReadonlyMap<number, () => ErrorReply> = new Map(
  types.map(([status, type, message]) => [status, () => rocksetError(status, type, message)]),
);
