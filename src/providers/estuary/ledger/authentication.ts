import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Authentication', [
    {
      behaviour: '`Authorization: Bearer <token>` and nothing else; scheme case-sensitive, single spaces',
      evidence: 'server source',
      differs: 'no option to accept a bare key: its maintainers refused one too (#506, #507)',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour: 'no token is read from the query, a cookie, another header or the body; spaces around the header are trimmed',
      evidence: 'server source',
      test: 'auth.test.ts > a key in the query, a cookie or the body is ignored',
    },
    {
      behaviour: 'the shape `EST…ARY` of a token is not checked',
      evidence: 'server source',
      test: 'keys/states.test.ts > a token of any shape is accepted once it is stored, but its hash is not',
    },
    {
      behaviour: 'header missing, empty or literally `undefined`: 401 ERR_AUTH_MISSING "no api key was specified"',
      evidence: 'recorded',
      differs: 'recorded for a missing header; the others are from the server source',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour: 'no `Bearer` or not two parts: 401 ERR_AUTH_MISSING_BEARER or ERR_INVALID_AUTH, in the order of the version',
      evidence: 'server source',
      test: 'auth.test.ts > the header %j is refused with the text of this version',
    },
    {
      behaviour:
        'unknown or revoked: 401 ERR_INVALID_TOKEN "api key does not exist" ("exists" up to v0.1.7); the hash of a token is not accepted as one',
      evidence: 'recorded',
      differs: 'recorded for an unknown token; the others are from the server source',
      test: 'keys/revoke.test.ts > a revoked key is refused from the next request on, and gone from the list',
    },
    {
      behaviour:
        'expired, that is strictly after its expiry: 401 ERR_TOKEN_EXPIRED with the user id and the date as Go prints it',
      evidence: 'server source',
      differs: 'our clock shows milliseconds, the server had up to nanoseconds',
      test: 'auth.test.ts > the refusal of an expired token names its user and its expiry',
    },
    {
      behaviour: 'user gone: 401 "no user exists for the spicified api key", but the expiry is checked first',
      evidence: 'server source',
      test: 'auth.test.ts > a token whose user is gone is refused, but its expiry is checked first',
    },
    {
      behaviour:
        'v0.4 caches a key for 10 s after its use, so that it still works once it is revoked; its expiry is checked all the same',
      evidence: 'server source',
      differs: 'refused at once in every profile; inject a propagation fault for the delay',
      test: 'documentation.test.ts > a key is revoked at once, however recently it was used',
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
      differs: 'v0.4 was up to 10 s late, see above',
      test: 'auth.test.ts > a lowered level takes effect from the next request on, and a raised one too',
    },
    {
      behaviour: 'upload-only keys above level 1: 403 "api key is upload only", before the user\'s level',
      evidence: 'server source',
      test: 'auth.test.ts > an upload-only key is refused as such before the level of its user is checked',
    },
    {
      behaviour: 'which callers each operation accepts',
      evidence: 'server source',
      test: 'matrix.test.ts > %s as %s: %i',
    },
  ]),
  ...about('States', [
    {
      behaviour: 'a key expires by the clock alone: use does not extend its life, and nothing is cleaned up',
      evidence: 'server source',
      test: 'keys/states.test.ts > use does not extend the life of a key',
    },
    {
      behaviour: 'expired keys are listed and can be revoked; revocation is final',
      evidence: 'server source',
      test: 'keys/states.test.ts > an expired key is still listed, and another key can revoke it',
    },
    {
      behaviour: 'a suspended key (only by the control plane or a seed)',
      evidence: 'assumed',
      differs: 'refused as unknown, but still listed: the server had no suspension',
      test: 'auth.test.ts > a suspended key is refused as unknown until it is resumed',
    },
    {
      behaviour: 'a key without an expiry (only by the control plane)',
      evidence: 'assumed',
      differs: 'never expires, and is shown as a permanent key: the server had no such keys',
      test: 'keys/states.test.ts > a key that the control plane left without an expiry never expires, and is shown as a permanent one',
    },
  ]),
];
