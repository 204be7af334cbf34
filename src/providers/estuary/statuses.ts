import type { ErrorReply } from '../../provider/provider.ts';
import { estuaryError, unhandled } from './wire/errors.ts';

/** What the real server documents (400, 404, 500) or sends, one answer for each: for faults, which say no more than a status. */
export const statuses: ReadonlyMap<number, () => ErrorReply> = new Map([
  [400, () => estuaryError(400, 'ERR_INVALID_INPUT', 'one or more params has an invalid data type or not supported: EOF')],
  [401, () => estuaryError(401, 'ERR_INVALID_TOKEN', 'api key does not exist')],
  [403, () => estuaryError(403, 'ERR_NOT_AUTHORIZED', 'user not authorized')],
  [404, () => estuaryError(404, 'Not Found', 'Not Found')],
  [405, () => estuaryError(405, 'Method Not Allowed', 'Method Not Allowed')],
  [429, () => estuaryError(429, 'Too Many Requests', 'rate limit exceeded')],
  [500, () => unhandled('Internal Server Error')],
  [502, () => estuaryError(502, 'Bad Gateway', 'Bad Gateway')],
  [503, () => estuaryError(503, 'Service Unavailable', 'Service Unavailable')],
]);
