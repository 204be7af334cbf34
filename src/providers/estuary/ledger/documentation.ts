import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/**
 * Where the documentation differs from the server, and so from this emulator. The documentation was generated from v0.1.10;
 * rows about later versions name them.
 */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: 'documented: the key alone in the header `Authorization`; served: only with the prefix `Bearer `',
    evidence: 'server source',
    differs: 'no option to accept the bare key',
    test: 'auth.test.ts > the header %j is refused with the text of this version',
  },
  {
    behaviour: 'documented: `perms` is "currently unused"; served: `upload` and `all` are enforced, anything else is refused',
    evidence: 'server source',
    test: 'keys/create.test.ts > an upload-only key may call the viewer but no route of level 2, not even to create keys',
  },
  {
    behaviour: "documented: 400 for bad input of a creation; served: 500 with Go's text",
    evidence: 'server source',
    differs: 'no option to send 400',
    test: "keys/create.test.ts > %s is answered with Go's error text, and nothing is stored: %s",
  },
  {
    behaviour: 'documented: 404 for list and creation; served: never',
    evidence: 'server source',
    test: 'documentation.test.ts > the documented 400 and 404 for keys are never sent: a wrong request is answered with 200 or 500',
  },
  {
    behaviour: 'documented: a flat `util.HttpError`; served: wrapped in `error`',
    evidence: 'server source',
    differs: 'the models of generated clients stay empty, as with the real server',
    test: 'documentation.test.ts > an error is wrapped, so that the flat model of generated clients stays empty',
  },
  {
    behaviour: 'documented: no 401, 403, 429; served: 401 and 403',
    evidence: 'server source',
    differs: '429 only as an injected fault',
    test: 'matrix.test.ts > %s as %s: %i',
  },
  {
    behaviour: 'documented: a revocation has no answers, in later versions a `string`; served: always 200 and an empty body',
    evidence: 'server source',
    test: 'keys/revoke.test.ts > the answer is empty: no body, no content type, content-length 0',
  },
  {
    behaviour: 'documented: revoked keys are completely deleted; served: they are deleted softly, which is invisible and final',
    evidence: 'server source',
    test: 'keys/revoke.test.ts > the record stays in the store, as revoked',
  },
  {
    behaviour: 'documented: the export is a `string`, and gets API keys; served: an object with contents and deals',
    evidence: 'server source',
    test: 'contents/export.test.ts > a content and its deal have the fields of this version, in wire order',
  },
  {
    behaviour: 'documented: stats create API keys; served: totals',
    evidence: 'server source',
    test: 'contents/stats.test.ts > totals include the contents that this version includes',
  },
  {
    behaviour: 'documented: stats are a `string` (after v0.1.11); served: an object',
    evidence: 'server source',
    test: 'contents/stats.test.ts > a user without contents has zeros, never null',
  },
  {
    behaviour: 'documented: the list is an array, in v0.1.11 an array of arrays (#558); served: a flat array',
    evidence: 'server source',
    test: 'keys/list.test.ts > the list shows a key as its creation answered it',
  },
  {
    behaviour: 'documented: no `label`; served: read since v0.1.11',
    evidence: 'server source',
    differs: 'ignored in v0.1.10, as in that version',
    test: 'keys/create.test.ts > a label is free text, not unique, and of any length',
  },
  {
    behaviour: 'documented: an `expiry` such as `300h`; served: also `false`, empty, negative and zero',
    evidence: 'server source',
    test: 'keys/create.test.ts > expiry %s: %s',
  },
  {
    behaviour:
      'documented: a key has `expiry` and `token`; served: those in v0.1.10, since v0.1.11 also `tokenHash` and `label`, in v0.4 also `isSession`, and lists there hide the token',
    evidence: 'server source',
    differs: 'a profile is one complete version; the default is v0.1.11',
    test: 'profiles.test.ts > a key has five fields, and its token is shown on creation only',
  },
  {
    behaviour: 'documented: a key is revoked by `{key}`; served: by its token, since v0.1.11 also by its hash',
    evidence: 'server source',
    differs: 'in v0.1.10 by token only, as in that version',
    test: 'keys/revoke.test.ts > the hash of a token revokes its key too',
  },
  {
    behaviour: 'documented: `POST /admin/invites/{code}`; served: `POST /admin/invite/{code}`',
    evidence: 'server source',
    differs: 'no alias',
    test: 'accounts/invites/invites.test.ts > 404: a path without a code, and the documented path, which the server never had',
  },
  {
    behaviour: 'documented: keys are revoked at once; served: up to 10 s late since v0.3.7',
    evidence: 'server source',
    differs: 'at once in every profile; inject a propagation fault for the delay',
    test: 'documentation.test.ts > a key is revoked at once, however recently it was used',
  },
  {
    behaviour: 'documented: `info.version` 0.0.0, host `api.estuary.tech`; served: the same in every version',
    evidence: 'specification',
    differs: 'the host in our document is that of this server',
    test: 'documentation.test.ts > the version of the document is 0.0.0 whatever the version of the server',
  },
  {
    behaviour: 'documented: `/deal/…` and `/net/addrs`; served: `/deals/…` and `/public/net/addrs`',
    evidence: 'server source',
    test: '../../sdk/estuary-operations.test.ts > %s is unknown, as it was to the server: %s',
  },
  {
    behaviour: 'not documented: `/keys` (a redesign that was never merged); served: 404',
    evidence: 'server source',
    test: 'documentation.test.ts > /keys, a redesign of the key routes that was never merged, is unknown',
  },
]);
