import type { BehaviourRow, Evidence } from '../../../provider/ledger.ts';

/** What the documentation says, what the server does instead and this emulator too, and what pins it. */
function row(
  documented: string,
  served: string,
  test: string,
  differs?: string,
  evidence: Evidence = 'server source',
): BehaviourRow {
  const behaviour = `documented: ${documented}; served: ${served}`;
  return { topic: 'Documentation against server', behaviour, evidence, test, ...(differs !== undefined && { differs }) };
}

/** The documentation was generated from v0.1.10 (and later versions, where it says so). */
export const documentationBehaviours: readonly BehaviourRow[] = [
  row(
    'the key alone in the header `Authorization`',
    'only with the prefix `Bearer `',
    'auth.test.ts > the header %j is refused with the text of this version',
    'no lenient switch',
  ),
  row(
    '`perms` is "currently unused"',
    '`upload` and `all` are enforced, all else is refused',
    'create-key.test.ts > an upload-only key may see the viewer and nothing of level 2, creating keys included',
  ),
  row(
    '400 for bad input of a creation',
    "500 with Go's text",
    'create-key.test.ts > %s is answered with the text of Go, and nothing is stored: %s',
    'no switch for 400',
  ),
  row(
    '404 for list and creation',
    'never',
    'documentation.test.ts > documented 400 and 404 of keys are never sent: what is asked for wrongly is 200 or 500',
  ),
  row(
    'a flat `util.HttpError`',
    'wrapped in `error`',
    'documentation.test.ts > an error is wrapped, so that the flat model of generated clients stays empty',
    'the models of generated clients stay empty, as with the real server',
  ),
  row('no 401, 403, 429', '401 and 403', 'matrix.test.ts > %s as %s: %i', '429 only if it is injected'),
  row(
    'a revocation answers nothing, later `string`',
    '200 and an empty body, always',
    'revoke-key.test.ts > the answer is empty: no body, no content type, content-length 0',
  ),
  row(
    'revoked keys are completely deleted',
    'a soft deletion: invisible and final',
    'revoke-key.test.ts > the record stays as a tombstone that the core knows as revoked',
  ),
  row(
    'the export is a `string`, and gets API keys',
    'an object of contents and deals',
    'export.test.ts > a content and its deal have the fields of this version, in wire order',
  ),
  row('stats create API keys', 'totals', 'stats.test.ts > totals take in what this version takes in'),
  row('stats are a `string` (after v0.1.11)', 'an object', 'stats.test.ts > a user without contents has zeros, never null'),
  row(
    'the list is an array, in v0.1.11 an array of arrays (#558)',
    'a flat array',
    'list-keys.test.ts > what a creation answered is what the list shows',
  ),
  row(
    'no `label`',
    'read since v0.1.11',
    'create-key.test.ts > a label is free text, not unique, and of any length',
    'ignored in v0.1.10, as that version did',
  ),
  row('`expiry` such as `300h`', '`false`, empty, negative and zero ones too', 'create-key.test.ts > expiry %s: %s'),
  row(
    'a key has `expiry` and `token`',
    'in v0.1.10; then `tokenHash` and `label`, in v0.4 `isSession`, and there lists hide the token',
    'profiles.test.ts > a key has five fields, and its token is shown on creation alone',
    'a profile is one version, whole; the default is v0.1.11',
  ),
  row(
    'a key is revoked by `{key}`',
    'by its token; since v0.1.11 by the hash too',
    'revoke-key.test.ts > the hash of the token revokes as the token does',
    'in v0.1.10 by token alone, as that version did',
  ),
  row(
    '`POST /admin/invites/{code}`',
    '`POST /admin/invite/{code}`',
    'invites.test.ts > 404: no code, and the path of the documentation, which the server never had',
    'no alias',
  ),
  row(
    'keys are revoked at once',
    'up to 10 s late since v0.3.7',
    'documentation.test.ts > keys are revoked at once, however lately they were used',
    'at once in every profile; the delay is a fault to inject',
  ),
  row(
    '`info.version` 0.0.0, host `api.estuary.tech`',
    'so in every version',
    'documentation.test.ts > the version of the document is 0.0.0 whatever the version of the server',
    'the document names this server',
    'specification',
  ),
  row(
    '`/deal/…` and `/net/addrs`',
    '`/deals/…` and `/public/net/addrs`',
    '../../sdk/estuary-operations.test.ts > %s is unknown, as it was at the server: %s',
  ),
  row(
    'nothing of `/keys` (a redesign that was never merged)',
    'nothing',
    'documentation.test.ts > the redesign of the key routes as /keys was never merged',
  ),
];
