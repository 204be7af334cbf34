import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Answers', [
    {
      behaviour: "every success is 200; JSON ends with a newline and has Go's escapes (`\\u003c`)",
      evidence: 'server source',
      differs: 'the newline is recorded',
      test: 'keys/list.test.ts > a label survives the escapes of the encoder',
    },
    {
      behaviour: 'dates are RFC 3339 in UTC, without trailing zeros in the fraction',
      evidence: 'recorded',
      differs:
        "our clock shows milliseconds, the server had up to nanoseconds; the answer of a developer's machine (issue 201) shows nine digits and its own zone",
      test: 'auth.test.ts > the expiry in a refusal has no fraction if it falls on a second, and no trailing zeros',
    },
    {
      behaviour: '`?pretty` with any value indents by two spaces, errors too',
      evidence: 'server source',
      test: 'wire/routing.test.ts > indents by two spaces: %s',
    },
  ]),
  ...about('Errors', [
    {
      behaviour: 'every error is `{"error":{"code","reason","details"}}`, in this order',
      evidence: 'server source',
      test: 'documentation.test.ts > an error is wrapped, so that the flat model of generated clients stays empty',
    },
    {
      behaviour: 'below `/pinning` errors have no `code`',
      evidence: 'recorded',
      test: 'wire/routing.test.ts > the errors of /pinning have no code',
    },
    {
      behaviour: 'an internal failure is 500',
      evidence: 'server source',
      differs: 'the text reveals nothing of the failure; the server sent the text of the error',
      test: 'wire/errors.test.ts > an internal failure is a 500 that reveals nothing of it',
    },
    {
      behaviour: 'rate limit in v0.4, 200 requests a second: 429 "rate limit exceeded"',
      evidence: 'server source',
      differs: 'off; inject a 429 fault instead',
      test: 'wire/errors.test.ts > %s has the shape of every error, and adds no header',
    },
    {
      behaviour: 'an `Expect` other than `100-continue` is a 417 without a body, and the connection is closed',
      evidence: 'inferred',
      differs: "Go's server answers it before any handler; here it has the headers of every answer",
      test: '../framework-errors.test.ts > any other expectation',
    },
    {
      behaviour: 'errors that only this emulator has (413, 415, 501, 503, quota)',
      evidence: 'assumed',
      differs: "worded like the errors of the server's framework",
      test: 'wire/errors.test.ts > a log-in of more than a mebibyte is too large',
    },
  ]),
  ...about('Routing', [
    {
      behaviour: 'under `/user` and `/admin`: authentication, then 404 for unknown paths and wrong methods alike, HEAD too',
      evidence: 'server source',
      test: 'wire/routing.test.ts > in a group authentication comes first, then 404, never 405: %s %s',
    },
    {
      behaviour: 'the same under `/content`, `/deals`, `/collections` and `/pinning`, for users of level 2',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > the group /%s requires a user of level 2',
    },
    {
      behaviour: 'elsewhere: 404 without authentication, 405 for a wrong method',
      evidence: 'server source',
      test: 'wire/routing.test.ts > a wrong method at the top level is a 405 without authentication: %s %s',
    },
    {
      behaviour: 'paths are case-sensitive, doubled slashes are 404',
      evidence: 'server source',
      differs: 'an escaped letter in a fixed part of a path is unescaped',
      test: 'wire/routing.test.ts > an unknown path at the top level is a 404 without authentication: %s',
    },
    {
      behaviour: 'operations of the vendor that are not emulated',
      evidence: 'assumed',
      differs: '501 once the credential is accepted, in every profile; `/collections/` in v0.4, which strips the slash, is 404',
      test: 'unimplemented.test.ts > are answered with 501 to a caller who may call them, and refused to others: %s',
    },
  ]),
  ...about('CORS', [
    {
      behaviour: 'any OPTIONS request, on any path, is 204 before authentication',
      evidence: 'server source',
      test: 'wire/cors.test.ts > a preflight of %s is answered without a key',
    },
    {
      behaviour: '`Access-Control-Allow-Origin: *` if the request has an Origin, on refusals too; no credentials, no max-age',
      evidence: 'server source',
      differs:
        'the proxy before the server (nginx 1.18) added it to every GET and POST of 2023, also without an Origin, and not to DELETE: it is not sent here',
      test: 'wire/cors.test.ts > any origin may read any answer, refusals and 404 too, but without credentials',
    },
    {
      behaviour: '`Vary` with one line for each name',
      evidence: 'server source',
      test: 'wire/cors.test.ts > Vary comes in three lines, as the real server adds it',
    },
  ]),
  ...about('Headers', [
    {
      behaviour: '`X-Appversion` and `Vary: Origin` on every answer',
      evidence: 'recorded',
      test: 'wire/routing.test.ts > every answer, refusals too, has the version and Vary, and no header of a framework',
    },
    {
      behaviour: '`application/json; charset=UTF-8`, whatever `Accept` says; an answer to DELETE has no content type',
      evidence: 'recorded',
      differs: 'that `Accept` is ignored is from the server source',
      test: 'keys/list.test.ts > Accept is ignored',
    },
  ]),
];
