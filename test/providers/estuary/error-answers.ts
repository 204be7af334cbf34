import { table } from '../error-answer.ts';

/** The answer to each status that a fault may ask for. */
export const errorAnswers = table(
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
