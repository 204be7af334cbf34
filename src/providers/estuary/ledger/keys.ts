import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('List', [
    {
      behaviour:
        'all keys of the caller that are not revoked, in order of creation: also expired, session and upload-only keys, and the calling key',
      evidence: 'server source',
      test: 'keys/list.test.ts > keys come in the order of their creation, the calling key and sessions included',
    },
    {
      behaviour: 'no paging and no filter',
      evidence: 'server source',
      test: 'keys/list.test.ts > there is no paging and no filter: parameters change nothing',
    },
    {
      behaviour: 'neither perms nor ids nor creation dates are shown',
      evidence: 'server source',
      test: 'keys/list.test.ts > neither perms nor ids nor creation dates are shown',
    },
  ]),
  ...about('Create', [
    {
      behaviour:
        '`expiry`: empty is 30 days, `false` 100 years of 365 days, anything else a Go duration, which may be `0` or negative',
      evidence: 'server source',
      test: 'keys/create.test.ts > expiry %s: %s',
    },
    {
      behaviour:
        'the expiry that is shown is the instant of creation plus the duration, to the nanosecond; a key may be created already expired',
      evidence: 'server source',
      differs:
        'a key with `0`, or with less than a millisecond, is refused also on a frozen clock: a real clock would have moved on',
      test: 'keys/states.test.ts > a key with expiry=%s is created with 200, already expired, and refused at once even on a frozen clock',
    },
    {
      behaviour: '`perms`: empty or `all` is a full key, `upload` an upload-only one',
      evidence: 'server source',
      test: 'keys/create.test.ts > an upload-only key may call the viewer but no route of level 2, not even to create keys',
    },
    {
      behaviour: "a bad `expiry` or `perms` is 500 with Go's text, `expiry` checked first, and nothing is stored",
      evidence: 'server source',
      differs: 'no option to send 400',
      test: "keys/create.test.ts > %s is answered with Go's error text, and nothing is stored: %s",
    },
    {
      behaviour: "an expiry beyond the year 9999 is 500 with the error of Go's encoder",
      evidence: 'inferred',
      differs: 'nothing is stored; the server had already stored the key',
      test: "keys/create.test.ts > an expiry beyond the year 9999 is answered with the error of Go's encoder",
    },
    {
      behaviour: 'no limit to the number of keys; labels of any length, not unique',
      evidence: 'server source',
      test: 'keys/create.test.ts > no two keys share a token, and nothing limits their number',
    },
    {
      behaviour: 'queries as Go parses them: the first value wins, pairs with a bad escape or `;` are dropped, `+` is a space',
      evidence: 'server source',
      test: 'wire/query.test.ts > %s: %s',
    },
    {
      behaviour: 'bytes that are not UTF-8',
      evidence: 'assumed',
      differs: 'replaced by U+FFFD before they are quoted or stored',
      test: 'wire/query.test.ts > %s: %s',
    },
    {
      behaviour: 'bodies are never read, whatever their content type',
      evidence: 'server source',
      test: 'wire/bodies.test.ts > POST /user/api-keys with %s and %j makes a plain key of 30 days',
    },
  ]),
  ...about('Revoke', [
    {
      behaviour: "always 200 with an empty body, also for keys that are unknown, revoked, expired or another user's",
      evidence: 'server source',
      test: 'keys/revoke.test.ts > revoking a key again, or a key that never existed, answers the same',
    },
    {
      behaviour: "another user's key is left as it is, by token and by hash",
      evidence: 'server source',
      test: "keys/revoke.test.ts > another user's key is untouched, by token and by hash",
    },
    {
      behaviour: 'a key can revoke itself',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a key can revoke itself',
    },
    {
      behaviour: 'slashes are part of the key; a path without a key is 404',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a slash, escaped or not, is part of the key',
    },
    {
      behaviour: 'by token, since v0.1.11 also by its hash, in its exact spelling only',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a hash in another spelling of the same bytes does not match',
    },
    {
      behaviour: 'bodies are never read, whatever their content type',
      evidence: 'server source',
      test: 'wire/bodies.test.ts > DELETE /user/api-keys/{key} with %s and %j revokes the key',
    },
  ]),
  ...about('Token', [
    {
      behaviour: '`EST`, a UUID of version 4 in lower case, `ARY`',
      evidence: 'server source',
      test: 'keys/create.test.ts > a key without an expiry lives 30 days, and the answer has the four fields of v0.1.11 in wire order',
    },
    {
      behaviour: '`tokenHash` is SHA-256 of the whole token in base64url without padding',
      evidence: 'server source',
      test: 'profiles.test.ts > is the recorded one',
    },
    {
      behaviour: 'since v0.2 only the hash of a token is stored',
      evidence: 'server source',
      test: 'profiles.test.ts > not even the store knows the token',
    },
  ]),
  ...about('Clients', [
    {
      behaviour: 'npm `estuary-client` 1.0.1 completes a full life cycle',
      evidence: 'client-proven',
      test: '../../sdk/estuary-client.test.ts > a full life cycle: create, use, list, revoke, refused',
    },
    {
      behaviour: 'the requests of the other known clients and of the web front end, byte for byte',
      evidence: 'client-proven',
      test: '../../sdk/estuary-requests.test.ts > requests to create a key, as known clients send them',
    },
  ]),
];
