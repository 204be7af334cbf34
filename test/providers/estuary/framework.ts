import { answersOf, type FrameworkTarget } from '../framework-target.ts';
import { estuaryError } from './estuary.ts';

const answer = answersOf('application/json; charset=UTF-8');
const error = (status: number, reason: string, details: string) => answer(status, estuaryError(status, reason, details));
const repeated = (status: number, text: string) => error(status, text, text);
const invalid = (problem: string) =>
  error(400, 'ERR_INVALID_INPUT', `one or more params has an invalid data type or not supported: ${problem}`);
const unknownUser = error(403, 'ERR_USER_NOT_FOUND', 'no such user exist');
const notFound = repeated(404, 'Not Found');
const empty = answer(204, '');

export const target: FrameworkTarget = {
  credential: 'alice',
  get: '/user/api-keys',
  post: '/login',
  // Below /user a wrong method is unknown, too.
  wrongMethod: notFound,
  unknownPath: notFound,
  options: [empty, empty],
  head: { ...notFound, text: '' },
  expectation: () => answer(417, ''),
  // The content type is ignored, and `{}` names no user.
  bodies: {
    notJson: invalid('unexpected EOF'),
    empty: invalid('EOF'),
    xml: unknownUser,
    unreadableType: unknownUser,
    tooLarge: repeated(413, 'Request Entity Too Large'),
  },
  worded: {
    request_malformed: invalid,
    payload_too_large: repeated(413, 'Request Entity Too Large'),
    media_type_unsupported: repeated(415, 'Unsupported Media Type'),
    route_not_found: notFound,
    unavailable: repeated(503, 'Service Unavailable'),
    internal: repeated(500, 'Internal Server Error'),
  },
};
