import { answersOf, type FrameworkAnswer, type FrameworkTarget } from '../framework-target.ts';

const answer = answersOf('application/json');
const silent = (status: number): FrameworkAnswer => answer(status, '');
const embedded = (status: number, message: string, href: string, error: object) =>
  answer(status, JSON.stringify({ message, _links: { self: { href, templated: false } }, _embedded: { errors: [error] } }));
const repeated = (status: number, message: string, href = '/') => embedded(status, message, href, { message });
const unread = (message: string, path?: string) =>
  embedded(400, 'Bad Request', '/v0/membership', path === undefined ? { message } : { message, path });
const noEmail =
  'Failed to convert argument [request] for value [null] due to: Instantiation of [simple type, class ai.whylabs.songbird.v0.controllers.AddMembershipRequest] value failed for JSON property orgId due to missing (therefore NULL) value for creator parameter orgId which is a non-nullable type\n at [Source: UNKNOWN; byte offset: #UNKNOWN] (through reference chain: ai.whylabs.songbird.v0.controllers.AddMembershipRequest["orgId"])';

export const target: FrameworkTarget = {
  credential: 'system',
  get: '/v0/organizations',
  post: '/v0/membership',
  wrongMethod: silent(404),
  unknownPath: silent(404),
  options: [silent(404), silent(404)],
  head: { status: 200, mediaType: 'application/json', text: '' },
  expectation: (path) => repeated(417, 'Expectation Failed', path),
  bodies: {
    notJson: unread('Invalid JSON: the body cannot be parsed'),
    empty: unread('Required Body [request] not specified', '/request'),
    xml: silent(404),
    // It counts as absent.
    unreadableType: unread(noEmail, '/request'),
    tooLarge: undefined,
  },
  worded: {
    request_malformed: (problem) => answer(400, JSON.stringify({ message: problem, requestId: '…', type: 'IllegalArgument' })),
    payload_too_large: repeated(413, 'Request Entity Too Large'),
    media_type_unsupported: silent(401),
    route_not_found: silent(401),
    unavailable: repeated(503, 'Service Unavailable'),
    internal: embedded(500, 'Internal Server Error', '/', { message: 'Internal Server Error: Unexpected error' }),
  },
};
