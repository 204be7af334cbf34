import { table } from '../error-answer.ts';

/** The answer to each status that a fault may ask for: the fourteen of the specification, and 413. */
export const errorAnswers = table(
  [
    [400, 'INVALIDINPUT', 'The request is invalid'],
    [401, 'AUTHEXCEPTION', 'Authentication Failure'],
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
  ],
  ([, type, message]) => ({
    mediaType: 'application/json',
    text: () =>
      `{"message":"${message}","message_key":null,"type":"${type}","line":null,"column":null,"trace_id":"…","error_id":null,"query_id":null,"internal_errors":null}`,
  }),
);
