import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Answers', [
    {
      behaviour: "every success is 200; JSON ends with a newline and has Go's escapes (`\\u003c`)",
      evidence: 'server source',
      test: 'keys/list.test.ts > a label keeps its meaning through the escapes of the encoder',
    },
    {
      behaviour: 'dates are RFC 3339 in UTC, trailing zeros of the fraction cut',
      evidence: 'server source',
      differs: 'milliseconds where the server had up to nanoseconds',
      test: 'auth.test.ts > the date of expiry has no fraction when it falls on a second, and no zeros at its end',
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
      evidence: 'server source',
      test: 'wire/routing.test.ts > the errors of /pinning have no code',
    },
    {
      behaviour: 'a failure inside is 500',
      evidence: 'server source',
      differs: 'its text tells nothing of our inside; the server told the error',
      test: 'wire/errors.test.ts > a failure inside is a 500 that tells nothing of it',
    },
    {
      behaviour: 'rate limit in v0.4, 200 requests a second: 429 "rate limit exceeded"',
      evidence: 'server source',
      differs: 'off; inject a 429 instead',
      test: 'wire/errors.test.ts > %s has the shape of every error, and no header of its own',
    },
    {
      behaviour: 'errors of ours that the server cannot have (413, 415, 501, 503, quota)',
      evidence: 'assumed',
      differs: 'worded as its framework words its own',
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
      behaviour: 'under `/content`, `/deals`, `/collections` and `/pinning` likewise, for users of level 2',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > the group /%s wants a user of level 2',
    },
    {
      behaviour: 'elsewhere: 404 without authentication, 405 for a wrong method',
      evidence: 'server source',
      test: 'wire/routing.test.ts > a wrong method at the top is a 405 without authentication: %s %s',
    },
    {
      behaviour: 'paths are case-sensitive, doubled slashes are 404',
      evidence: 'server source',
      differs: 'an escaped letter in a fixed part of a path is read as the letter',
      test: 'wire/routing.test.ts > an unknown path at the top is a 404 without authentication: %s',
    },
    {
      behaviour: 'operations of the vendor that are not emulated',
      evidence: 'assumed',
      differs: '501 once the credential is accepted, in every profile; `/collections` as v0.4 spells it is 404',
      test: 'unimplemented.test.ts > are told to those who may call them, and to nobody else: %s',
    },
  ]),
  ...about('CORS', [
    {
      behaviour: 'any OPTIONS, on any path, is 204 before authentication',
      evidence: 'server source',
      test: 'wire/cors.test.ts > a preflight of %s is welcome without a key',
    },
    {
      behaviour: '`Access-Control-Allow-Origin: *` with an Origin, on refusals too; no credentials, no max-age',
      evidence: 'server source',
      test: 'wire/cors.test.ts > any answer to a browser may be read from any origin, without credentials, refusals and 404 included',
    },
    {
      behaviour: '`Vary` line by line',
      evidence: 'server source',
      test: 'wire/cors.test.ts > Vary comes in three lines, as the real server adds it',
    },
  ]),
  ...about('Headers', [
    {
      behaviour: '`X-Appversion` and `Vary: Origin` on every answer',
      evidence: 'server source',
      test: 'wire/routing.test.ts > every answer, refusals too, carries the version and Vary, and nothing of the framework',
    },
    {
      behaviour: '`application/json; charset=UTF-8`, whatever `Accept` says',
      evidence: 'server source',
      test: 'keys/list.test.ts > Accept is ignored',
    },
  ]),
];
