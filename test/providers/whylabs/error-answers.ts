import type { ErrorAnswer } from '../error-answer.ts';

const json = 'application/json';
const silent: ErrorAnswer = { mediaType: undefined, text: () => '' };
const handled = (type: string, message: string): ErrorAnswer => ({
  mediaType: json,
  text: (_path, requestId) => JSON.stringify({ message, requestId, type }),
});

/** The answer to each status that a fault may ask for. */
export const errorAnswers: ReadonlyMap<number, ErrorAnswer> = new Map([
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
