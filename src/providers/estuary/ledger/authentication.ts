import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Authentication', [
    {
      behaviour: '`Authorization: Bearer <token>` and nothing else; scheme case-sensitive, single spaces',
      evidence: 'server source',
      differs: 'no lenient switch for a bare key: upstream refused one too (#506, #507)',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour: 'no query, cookie, other header or body carries a token; spaces around the header are trimmed',
      evidence: 'server source',
      test: 'auth.test.ts > a key in the query, a cookie or the body is no credential',
    },
    {
      behaviour: 'the shape `EST…ARY` of a token is not checked',
      evidence: 'server source',
      test: 'keys/states.test.ts > a key of any shape works once it is stored, and its hash is no key',
    },
    {
      behaviour: 'a header that is missing, empty or literally `undefined`: 401 ERR_AUTH_MISSING',
      evidence: 'server source',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour: 'no `Bearer` or not two parts: 401 ERR_AUTH_MISSING_BEARER or ERR_INVALID_AUTH, in the order of the version',
      evidence: 'server source',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour: "unknown or revoked: 401 ERR_INVALID_TOKEN; a token's hash is no token",
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a revoked key is refused from the next request on, and gone from the list',
    },
    {
      behaviour: 'expired, strictly after the expiry: 401 ERR_TOKEN_EXPIRED with the user id and the date as Go prints it',
      evidence: 'server source',
      differs: 'milliseconds where the server had up to nanoseconds',
      test: 'auth.test.ts > an expired token is told whose it was and since when',
    },
    {
      behaviour: 'user row gone: 401 "no user exists for the spicified api key", after the expiry was looked at',
      evidence: 'server source',
      test: 'auth.test.ts > a token whose user is gone is refused, expiry looked at first',
    },
    {
      behaviour: 'v0.4 remembers a key for 10 s after its use, so a revoked one worked on; expiry is looked at nevertheless',
      evidence: 'server source',
      differs: 'refused at once in every profile; delayed propagation is a fault to inject',
      test: 'documentation.test.ts > keys are revoked at once, however lately they were used',
    },
  ]),
  ...about('Levels', [
    {
      behaviour: 'the user\'s level against the route\'s (1 upload, 2 user, 10 administrator): 403 "user not authorized"',
      evidence: 'server source',
      test: 'auth.test.ts > %s with a user of level %i answers %i',
    },
    {
      behaviour: 'a changed level counts from the next request on',
      evidence: 'server source',
      differs: 'up to 10 s late in v0.4, see above',
      test: 'auth.test.ts > a lowered level takes effect from the next request on, and a raised one too',
    },
    {
      behaviour: 'upload-only keys above level 1: 403 "api key is upload only", before the user\'s level',
      evidence: 'server source',
      test: 'auth.test.ts > an upload-only key is told so before its user is looked at',
    },
    {
      behaviour: 'whom each operation lets in',
      evidence: 'server source',
      test: 'matrix.test.ts > %s as %s: %i',
    },
  ]),
  ...about('States', [
    {
      behaviour: 'a key expires by the clock alone: use does not prolong its life, nothing is cleaned up',
      evidence: 'server source',
      test: 'keys/states.test.ts > use does not prolong a life',
    },
    {
      behaviour: 'expired keys are listed and can be revoked; revocation is final',
      evidence: 'server source',
      test: 'keys/states.test.ts > an expired key is still listed, and another key can revoke it',
    },
    {
      behaviour: 'a suspended key (control plane or seed alone)',
      evidence: 'assumed',
      differs: 'refused as unknown, still listed: the server knew no suspension',
      test: 'auth.test.ts > a key that is suspended from outside is as good as unknown until it is resumed',
    },
    {
      behaviour: 'a key without an expiry (control plane alone)',
      evidence: 'assumed',
      differs: 'never expires, and reads as permanent: the server had none such',
      test: 'keys/states.test.ts > a key that was given no expiry from outside never expires, and reads as a permanent one',
    },
  ]),
];
