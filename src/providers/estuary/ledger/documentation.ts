import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** What the documentation says, and what the server does instead, as this emulator does. The documentation was generated from v0.1.10 (and later versions, where it says so). */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: 'documented: the key alone in the header `Authorization`; served: only with the prefix `Bearer `',
    evidence: 'server source',
    differs: 'no lenient switch',
    test: 'auth.test.ts > the header %j is refused with the text of this version',
  },
  {
    behaviour: 'documented: `perms` is "currently unused"; served: `upload` and `all` are enforced, all else is refused',
    evidence: 'server source',
    test: 'keys/create.test.ts > an upload-only key may see the viewer and nothing of level 2, creating keys included',
  },
  {
    behaviour: "documented: 400 for bad input of a creation; served: 500 with Go's text",
    evidence: 'server source',
    differs: 'no switch for 400',
    test: 'keys/create.test.ts > %s is answered with the text of Go, and nothing is stored: %s',
  },
  {
    behaviour: 'documented: 404 for list and creation; served: never',
    evidence: 'server source',
    test: 'documentation.test.ts > documented 400 and 404 of keys are never sent: what is asked for wrongly is 200 or 500',
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
    differs: '429 only if it is injected',
    test: 'matrix.test.ts > %s as %s: %i',
  },
  {
    behaviour: 'documented: a revocation answers nothing, later `string`; served: 200 and an empty body, always',
    evidence: 'server source',
    test: 'keys/revoke.test.ts > the answer is empty: no body, no content type, content-length 0',
  },
  {
    behaviour: 'documented: revoked keys are completely deleted; served: a soft deletion: invisible and final',
    evidence: 'server source',
    test: 'keys/revoke.test.ts > the record stays as a tombstone that the core knows as revoked',
  },
  {
    behaviour: 'documented: the export is a `string`, and gets API keys; served: an object of contents and deals',
    evidence: 'server source',
    test: 'contents/export.test.ts > a content and its deal have the fields of this version, in wire order',
  },
  {
    behaviour: 'documented: stats create API keys; served: totals',
    evidence: 'server source',
    test: 'contents/stats.test.ts > totals take in what this version takes in',
  },
  {
    behaviour: 'documented: stats are a `string` (after v0.1.11); served: an object',
    evidence: 'server source',
    test: 'contents/stats.test.ts > a user without contents has zeros, never null',
  },
  {
    behaviour: 'documented: the list is an array, in v0.1.11 an array of arrays (#558); served: a flat array',
    evidence: 'server source',
    test: 'keys/list.test.ts > what a creation answered is what the list shows',
  },
  {
    behaviour: 'documented: no `label`; served: read since v0.1.11',
    evidence: 'server source',
    differs: 'ignored in v0.1.10, as that version did',
    test: 'keys/create.test.ts > a label is free text, not unique, and of any length',
  },
  {
    behaviour: 'documented: `expiry` such as `300h`; served: `false`, empty, negative and zero ones too',
    evidence: 'server source',
    test: 'keys/create.test.ts > expiry %s: %s',
  },
  {
    behaviour:
      'documented: a key has `expiry` and `token`; served: in v0.1.10; then `tokenHash` and `label`, in v0.4 `isSession`, and there lists hide the token',
    evidence: 'server source',
    differs: 'a profile is one version, whole; the default is v0.1.11',
    test: 'profiles.test.ts > a key has five fields, and its token is shown on creation alone',
  },
  {
    behaviour: 'documented: a key is revoked by `{key}`; served: by its token; since v0.1.11 by the hash too',
    evidence: 'server source',
    differs: 'in v0.1.10 by token alone, as that version did',
    test: 'keys/revoke.test.ts > the hash of the token revokes as the token does',
  },
  {
    behaviour: 'documented: `POST /admin/invites/{code}`; served: `POST /admin/invite/{code}`',
    evidence: 'server source',
    differs: 'no alias',
    test: 'accounts/invites/invites.test.ts > 404: no code, and the path of the documentation, which the server never had',
  },
  {
    behaviour: 'documented: keys are revoked at once; served: up to 10 s late since v0.3.7',
    evidence: 'server source',
    differs: 'at once in every profile; the delay is a fault to inject',
    test: 'documentation.test.ts > keys are revoked at once, however lately they were used',
  },
  {
    behaviour: 'documented: `info.version` 0.0.0, host `api.estuary.tech`; served: so in every version',
    evidence: 'specification',
    differs: 'the document names this server',
    test: 'documentation.test.ts > the version of the document is 0.0.0 whatever the version of the server',
  },
  {
    behaviour: 'documented: `/deal/…` and `/net/addrs`; served: `/deals/…` and `/public/net/addrs`',
    evidence: 'server source',
    test: '../../sdk/estuary-operations.test.ts > %s is unknown, as it was at the server: %s',
  },
  {
    behaviour: 'documented: nothing of `/keys` (a redesign that was never merged); served: nothing',
    evidence: 'server source',
    test: 'documentation.test.ts > the redesign of the key routes as /keys was never merged',
  },
]);
