import { answersOf, type FrameworkTarget } from '../framework-target.ts';
import { apiError, malformedBody, notFound, wrongPassword } from './kps.ts';

const answer = answersOf('application/json');
const malformed = answer(400, malformedBody);
const unknown = answer(404, notFound);
const unread = (problem: string) => answer(400, apiError(400, 20481, `Error occurred in data conversion: '${problem}'.`));
const refused = answer(401, wrongPassword);

export const target: FrameworkTarget = {
  credential: 'alice',
  get: '/v1.0/userapitokensall',
  post: '/v1.0/login',
  wrongMethod: answer(405, apiError(405, 0, 'Method Not Allowed')),
  unknownPath: unknown,
  options: [answer(200, ''), unknown],
  head: { ...answer(405, 'x'), text: '' },
  expectation: () => answer(417, ''),
  // The content type is ignored, `{}` names no user, and a body that is too large is cut.
  bodies: {
    notJson: unread('unexpected EOF'),
    empty: unread('EOF'),
    xml: refused,
    unreadableType: refused,
    tooLarge: unread('EOF'),
  },
  worded: {
    request_malformed: () => malformed,
    payload_too_large: malformed,
    media_type_unsupported: malformed,
    route_not_found: unknown,
    unavailable: answer(500, '{"statusCode": 500, "message": "server not ready"}'),
    internal: answer(500, apiError(500, 0, 'Panicked!')),
  },
};
