import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('List', [
    {
      behaviour:
        "all the caller's keys but revoked ones, in order of creation: expired ones, sessions, upload-only ones, the calling one",
      evidence: 'server source',
      test: 'keys/list.test.ts > keys come in the order in which they were created, the calling key and sessions among them',
    },
    {
      behaviour: 'no paging and no filter',
      evidence: 'server source',
      test: 'keys/list.test.ts > there is no paging and no filter: parameters change nothing',
    },
    {
      behaviour: 'neither perms nor ids nor dates of creation are shown',
      evidence: 'server source',
      test: 'keys/list.test.ts > neither perms nor ids nor dates of creation are shown',
    },
  ]),
  ...about('Create', [
    {
      behaviour: '`expiry`: empty is 30 days, `false` 100 years of 365 days, else a Go duration, `0` and negatives too',
      evidence: 'server source',
      test: 'keys/create.test.ts > expiry %s: %s',
    },
    {
      behaviour: 'a key may be born expired',
      evidence: 'server source',
      differs: 'below a millisecond it is shown 1 ms in the past: our clock may stand still',
      test: 'keys/states.test.ts > a key with expiry=%s is answered with 200, born expired, and refused at once though the clock stands still',
    },
    {
      behaviour: '`perms`: empty or `all` is a full key, `upload` an upload-only one',
      evidence: 'server source',
      test: 'keys/create.test.ts > an upload-only key may see the viewer and nothing of level 2, creating keys included',
    },
    {
      behaviour: "a bad `expiry` or `perms` is 500 with Go's text, expiry looked at first, and nothing is stored",
      evidence: 'server source',
      differs: 'no switch for 400',
      test: 'keys/create.test.ts > %s is answered with the text of Go, and nothing is stored: %s',
    },
    {
      behaviour: 'an expiry beyond the year 9999 is 500 as Go fails to write it',
      evidence: 'inferred',
      differs: 'nothing is stored; the server had stored the key by then',
      test: 'keys/create.test.ts > an expiry beyond the year 9999 is answered as Go fails to write it',
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
      differs: 'become U+FFFD before they are quoted or stored',
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
      behaviour: "200 and nothing else, always: unknown, revoked, expired, another user's (untouched)",
      evidence: 'server source',
      test: 'keys/revoke.test.ts > revoking again, and revoking what never existed, answer the same',
    },
    {
      behaviour: "another user's key is untouched, by token and by hash",
      evidence: 'server source',
      test: "keys/revoke.test.ts > another user's key is untouched, by token and by hash",
    },
    {
      behaviour: 'a key can revoke itself',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a key can revoke itself',
    },
    {
      behaviour: 'slashes belong to the key; without a key 404',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a slash belongs to the key, as it is or escaped',
    },
    {
      behaviour: 'by token, since v0.1.11 by its hash too, and the hash in no other spelling',
      evidence: 'server source',
      test: 'keys/revoke.test.ts > a hash in another spelling of the same bytes is no hash',
    },
    {
      behaviour: 'bodies are never read, whatever their content type',
      evidence: 'server source',
      test: 'wire/bodies.test.ts > DELETE /user/api-keys/{key} with %s and %j revokes',
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
      test: 'profiles.test.ts > is the one that was recorded for it',
    },
    {
      behaviour: 'since v0.2 only the hash of a token is stored',
      evidence: 'server source',
      test: 'profiles.test.ts > not even the store knows the token',
    },
  ]),
  ...about('Clients', [
    {
      behaviour: 'npm `estuary-client` 1.0.1 lives a whole life',
      evidence: 'client-proven',
      test: '../../sdk/estuary-client.test.ts > a whole life: create, use, list, revoke, refused',
    },
    {
      behaviour: 'the requests of the other known clients and of the web front end, byte for byte',
      evidence: 'client-proven',
      test: '../../sdk/estuary-quirks.test.ts > requests to create, as clients of this server are known to send them',
    },
  ]),
];
