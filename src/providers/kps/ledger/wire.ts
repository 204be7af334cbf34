import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Bytes and headers', [
    {
      behaviour: 'errors have blanks after `:` and `,` and no newline',
      evidence: 'server source',
      differs: 'their text is escaped as JSON; there only quotation marks are',
      test: 'auth.test.ts > that %s is refused',
    },
    {
      behaviour: '200s end in one newline; a list has a newline after each object, then `,` or `]`; an empty one is `[]`',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > is exactly [] for somebody who has none: log-ins are not listed',
    },
    {
      behaviour: "ids and texts are spelled by Go's encoder: `<`, `>` and `&` as < and so on",
      evidence: 'inferred',
      test: 'keys/update-token.test.ts > an id is decoded from the path and written as Go writes it',
    },
    {
      behaviour: '`application/json` without charset; `X-Request-ID` is echoed, or a new UUIDv4, on errors too',
      evidence: 'server source',
      differs: 'also on 404, 405 and redirects',
      test: 'wire/http.test.ts > comes back on %s, and is made up where there is none',
    },
    {
      behaviour: 'times go out in UTC with the trailing zeros cut; never used is `0001-01-01T00:00:00Z`',
      evidence: 'server source',
      differs: 'in milliseconds; there in microseconds',
      test: 'accounts/users/get-user.test.ts > says when a user changed, to the nanosecond in the version',
    },
    {
      behaviour: 'GETs are compressed, once authenticated, where the client takes it',
      evidence: 'server source',
      differs: 'below 512 bytes too, where the library would leave them plain',
      test: 'wire/gzip.test.ts > a list is compressed for "%s"',
    },
    {
      behaviour: '406 where the client takes neither encoding; `Vary`',
      evidence: 'inferred',
      test: 'wire/gzip.test.ts > a client that takes neither is told 406, without a body: "%s"',
    },
  ]),
  ...about('Bodies', [
    {
      behaviour: 'any content type is JSON, none too',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body of content type "%s" is JSON',
    },
    {
      behaviour:
        'the first value counts, and `null` is an empty one; keys in any case, unknown ones overlooked; `null` leaves a field',
      evidence: 'inferred',
      test: 'keys/create-token.test.ts > a body is accepted that %s',
    },
    {
      behaviour: 'read up to 1 MiB, and then cut',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body is refused that %s, and nothing is stored',
    },
    {
      behaviour: 'times are RFC 3339 with a zone, or null',
      evidence: 'inferred',
      test: 'wire/recorded-client.test.ts > sends back a token that it was given: year-1 usedAt, offsets instead of Z',
    },
  ]),
  ...about('Errors', [
    {
      behaviour: 'codes and texts',
      evidence: 'server source',
      differs:
        '429 and 405 in the same shape, 501 with the name of the operation (assumed); `server not ready` only where a fault asks for it',
      test: 'wire/errors.test.ts > of %s code, text and blanks are those of the real server',
    },
    {
      behaviour: 'a crash is 500 `Panicked!` and says nothing of its cause',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a world without its settings answers as the real server does when it crashes, and says nothing of the cause',
    },
    {
      behaviour: 'no rate limit',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > holds when 50 are created at once: exactly two are',
    },
  ]),
  ...about('Routing', [
    {
      behaviour: 'an unknown path shows the console (HTML)',
      evidence: 'server source',
      differs: 'a JSON 404, without a credential',
      test: 'wire/routing.test.ts > is a JSON 404 without a credential: %s',
    },
    {
      behaviour: 'a wrong method is a 405 in plain text with `Allow`',
      evidence: 'inferred',
      differs: 'JSON in the shape of an error',
      test: 'wire/routing.test.ts > is a JSON 405 with the methods it has, without a credential: %s %s',
    },
    {
      behaviour: 'a slash at the end is redirected: GET by 301, else by 307',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > at the end is redirected away from by 307: %s %s',
    },
    {
      behaviour: 'doubled slashes, which a client sends whose host ends in one, are redirected',
      evidence: 'inferred',
      differs: 'served at once',
      test: 'wire/recorded-client.test.ts > lists at //v1.0/… where its host ends in a slash',
    },
    {
      behaviour: "operations of the vendor's documentation below `/v1.0` that are not emulated",
      evidence: 'specification',
      differs: '501 once the token is accepted, with a link to what is',
      test: 'unimplemented.test.ts > $id says so, once the token is accepted',
    },
    {
      behaviour: 'most operations are also there under `/v1`, with `_id` in their answers',
      evidence: 'server source',
      differs: 'only the log-in is: the others are a 404',
      test: 'wire/routing.test.ts > is a JSON 404 without a credential: %s',
    },
  ]),
  ...about('Seeds', [
    {
      behaviour: 'users, tokens in every state, and the settings',
      evidence: 'assumed',
      differs: 'an API token that expired or was suspended is listed as inactive, and counts to the limit',
      test: 'seed/seed-file.test.ts > lists the tokens as they are: dates, uses, and inactive what is suspended or expired',
    },
    {
      behaviour: 'a fixed token must be one that the real server would take',
      evidence: 'assumed',
      differs: 'of its owner, signed with the signing secret',
      test: 'seed/seed-file.test.ts > %s',
    },
  ]),
];
