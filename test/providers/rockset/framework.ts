import { answersOf, type FrameworkTarget } from '../framework-target.ts';
import { ownKeys } from './rockset.ts';

const answer = answersOf('application/json');
const nothing = { line: null, column: null, trace_id: '…', error_id: null, query_id: null, internal_errors: null };
const error = (status: number, type: string, message: string) =>
  answer(status, JSON.stringify({ message, message_key: null, type, ...nothing }));
const nowhere = error(404, 'NOTFOUND', 'There is nothing at this path');
const tooLarge = error(413, 'CONTENTTOOLARGE', 'The request body is too large');
const otherType = error(415, 'UNSUPPORTEDMEDIATYPE', 'The content type must be application/json');
const notGetOrPost = error(405, 'METHODNOTALLOWED', 'The method must be one of GET, POST');

export const target: FrameworkTarget = {
  credential: 'admin',
  get: ownKeys,
  post: ownKeys,
  wrongMethod: notGetOrPost,
  unknownPath: nowhere,
  options: [answer(200, ''), answer(200, '')],
  head: { ...notGetOrPost, text: '' },
  expectation: () => error(417, 'BADREQUEST', 'The header Expect must be 100-continue'),
  bodies: {
    notJson: error(400, 'BADREQUEST', 'The request body is not valid JSON'),
    empty: error(400, 'INVALIDINPUT', 'name is required'),
    xml: otherType,
    unreadableType: otherType,
    tooLarge,
  },
  worded: {
    request_malformed: (problem) => error(400, 'BADREQUEST', problem),
    payload_too_large: tooLarge,
    media_type_unsupported: otherType,
    route_not_found: nowhere,
    unavailable: error(503, 'SERVICEUNAVAILABLE', 'The service is unavailable'),
    internal: error(500, 'INTERNALERROR', 'Internal error'),
  },
};
