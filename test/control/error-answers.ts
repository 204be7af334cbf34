import { expect } from 'vitest';
import type { Exchange } from './exchange.ts';

/** A provider's answer if only the status is known: the media type and the exact text. `path` is the path of the request. */
export interface ErrorAnswer {
  readonly mediaType: string | undefined;
  text(path: string, requestId: string): string;
}

type Row = readonly [status: number, ...facts: (string | number)[]];

function table(rows: readonly Row[], make: (row: Row) => ErrorAnswer): ReadonlyMap<number, ErrorAnswer> {
  return new Map(rows.map((row) => [row[0], make(row)]));
}

const estuary = table(
  [
    [400, 'ERR_INVALID_INPUT', 'one or more params has an invalid data type or not supported: EOF'],
    [401, 'ERR_INVALID_TOKEN', 'api key does not exist'],
    [403, 'ERR_NOT_AUTHORIZED', 'user not authorized'],
    [404, 'Not Found', 'Not Found'],
    [405, 'Method Not Allowed', 'Method Not Allowed'],
    [429, 'Too Many Requests', 'rate limit exceeded'],
    [500, 'Internal Server Error', 'Internal Server Error'],
    [502, 'Bad Gateway', 'Bad Gateway'],
    [503, 'Service Unavailable', 'Service Unavailable'],
  ],
  ([code, reason, details]) => ({
    mediaType: 'application/json; charset=UTF-8',
    text: () => `${JSON.stringify({ error: { code, reason, details } })}\n`,
  }),
);

const kps = table(
  [
    [400, ', "errorCode": 20480', "Invalid input data for 'body'."],
    [401, '', 'Unauthorized'],
    [403, ', "errorCode": 20487', "You do not have the required permission: 'RBAC/userID'."],
    [404, ', "errorCode": 0', 'not found'],
    [405, ', "errorCode": 0', 'Method Not Allowed'],
    [412, ', "errorCode": 20497', 'Precondition failed.'],
    [429, ', "errorCode": 0', 'Too Many Requests'],
    [500, ', "errorCode": 20489', "An internal error occurred: ''."],
    [503, ', "errorCode": 0', 'Service Unavailable'],
  ],
  ([status, errorCode, message]) => ({
    mediaType: 'application/json',
    text: () => `{"statusCode": ${status}${errorCode}, "message": "${message}"}`,
  }),
);

/** The fourteen statuses of the specification, and 413. */
const rockset = table(
  [
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
  ],
  ([, type, message]) => ({
    mediaType: 'application/json',
    text: () =>
      `{"message":"${message}","message_key":null,"type":"${type}","line":null,"column":null,"trace_id":"…","error_id":null,"query_id":null,"internal_errors":null}`,
  }),
);

const json = 'application/json';
const silent: ErrorAnswer = { mediaType: undefined, text: () => '' };
const handled = (type: string, message: string): ErrorAnswer => ({
  mediaType: json,
  text: (_path, requestId) => JSON.stringify({ message, requestId, type }),
});

const whylabs: ReadonlyMap<number, ErrorAnswer> = new Map([
  [400, handled('IllegalArgument', 'Invalid request')],
  [401, silent],
  [403, silent],
  [404, handled('ResourceNotFound', 'Resource not found.')],
  [409, handled('ResourceAlreadyExists', 'Resource already exists.')],
  [410, handled('PermanentlyRemoved', 'This operation was removed.')],
  [429, { mediaType: json, text: () => 'Too many requests. Please try again later.' }],
  [500, handled('Internal', 'Internal error. Unable to process request')],
  [501, handled('NotImplemented', 'Not implemented')],
  [
    503,
    {
      mediaType: json,
      text: (path) =>
        `{"message":"Service Unavailable","_links":{"self":{"href":"${path}","templated":false}},"_embedded":{"errors":[{"message":"Service Unavailable"}]}}`,
    },
  ],
]);

/** By provider and status. */
export const errorAnswers: Readonly<Record<string, ReadonlyMap<number, ErrorAnswer>>> = { estuary, kps, rockset, whylabs };

/** Compares a whole answer: status, media type and the exact text, except for a trace id, which must be a new UUID. */
export function expectErrorAnswer(answer: Exchange, status: number, expected: ErrorAnswer | undefined, path: string): void {
  const traceId = /(?<="trace_id":")[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
  expect({
    status: answer.status,
    mediaType: answer.headers['content-type'],
    text: answer.body.replace(traceId, '…'),
    failure: answer.failure,
  }).toEqual({
    status,
    mediaType: expected?.mediaType,
    text: expected?.text(path, String(answer.headers['x-request-id'])),
    failure: undefined,
  });
}
