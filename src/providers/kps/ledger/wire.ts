import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Bytes and headers', [
    {
      behaviour: 'errors have blanks after `:` and `,` and no newline',
      evidence: 'server source',
      differs: 'the text is escaped as JSON; the real server escapes only quotation marks',
      test: 'auth.test.ts > that %s is refused',
    },
    {
      behaviour:
        'a 200, except for a log-in, ends in one newline; a list has a newline after each object, then `,` or `]`; an empty list is `[]`',
      evidence: 'server source',
      test: 'keys/list-tokens.test.ts > is exactly [] for a user without tokens: log-ins are not listed',
    },
    {
      behaviour: "ids and texts are spelled by Go's encoder, which escapes `<`, `>` and `&`",
      evidence: 'inferred',
      test: 'keys/update-token.test.ts > an id is decoded from the path and written as Go writes it',
    },
    {
      behaviour:
        'the content type is `application/json` without a charset; `X-Request-ID` is echoed or else a new UUIDv4, on errors too',
      evidence: 'server source',
      differs: 'also on a 404, a 405 and redirects',
      test: 'wire/http.test.ts > is echoed on %s, and made when there is none',
    },
    {
      behaviour: 'times are in UTC without trailing zeros; never used is `0001-01-01T00:00:00Z`',
      evidence: 'server source',
      differs: 'in milliseconds; the real server has microseconds',
      test: 'accounts/users/get-user.test.ts > shows when the user last changed, in the version as nanoseconds',
    },
    {
      behaviour: 'the answers to authenticated GETs are compressed if the client accepts it',
      evidence: 'server source',
      differs: 'short ones too; the library leaves those below 512 bytes as they are',
      test: 'wire/gzip.test.ts > a list is compressed for "%s"',
    },
    {
      behaviour: 'a client that accepts neither encoding gets a 406; `Vary` is sent',
      evidence: 'inferred',
      test: 'wire/gzip.test.ts > a client that accepts neither encoding gets a 406 without a body: "%s"',
    },
  ]),
  ...about('Bodies', [
    {
      behaviour: 'a body is read as JSON whatever its content type, even without one',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body of content type "%s" is JSON',
    },
    {
      behaviour:
        'the first value counts, and `null` is an empty object; keys match in any case and unknown ones are ignored; `null` leaves a field unset',
      evidence: 'inferred',
      test: 'keys/create-token.test.ts > a body is accepted that %s',
    },
    {
      behaviour: 'a body is cut after 1 MiB',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a body is refused that %s, and nothing is stored',
    },
    {
      behaviour: 'after a body of more than 1 MiB the answer has `Connection: close`',
      evidence: 'inferred',
      test: 'wire/http.test.ts > the connection is closed',
    },
    {
      behaviour: 'times in a body are RFC 3339 with a zone, or null',
      evidence: 'inferred',
      test: 'wire/recorded-client.test.ts > sends back a token that it received: year-1 usedAt, offsets instead of Z',
    },
  ]),
  ...about('Errors', [
    {
      behaviour: 'each error has its code and text',
      evidence: 'server source',
      differs:
        '405 and 429 have the same shape, 501 names the operation (assumed); `server not ready` occurs only when a fault asks for it',
      test: 'wire/errors.test.ts > %s has the code, the text and the blanks of the real server',
    },
    {
      behaviour: 'an `Expect` other than `100-continue` is a 417 without a body, and the connection is closed',
      evidence: 'inferred',
      differs: "Go's server answers it before any handler; here it has an `X-Request-ID`",
      test: '../framework-errors.test.ts > any other expectation',
    },
    {
      behaviour: 'a crash is a 500 `Panicked!` without its cause',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > a world without its settings answers as the real server does when it crashes, without the cause',
    },
    {
      behaviour: 'there is no rate limit',
      evidence: 'server source',
      test: 'keys/create-token.test.ts > holds when 50 are created at once: exactly two succeed',
    },
  ]),
  ...about('Routing', [
    {
      behaviour: 'an unknown path gets the console (HTML)',
      evidence: 'server source',
      differs: 'a JSON 404, without a credential',
      test: 'wire/routing.test.ts > is a JSON 404 without a credential: %s',
    },
    {
      behaviour: 'another method on a known path is a 405 in plain text, whose `Allow` lists OPTIONS too',
      evidence: 'inferred',
      differs: 'JSON in the shape of the other errors',
      test: 'wire/routing.test.ts > is a JSON 405 with the allowed methods, without a credential: %s %s',
    },
    {
      behaviour: 'OPTIONS on a known path is a 200 without a body, with `Allow`, without a credential',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > on a known path is answered 200 without a body or a credential: %s',
    },
    {
      behaviour:
        'a path that differs from a registered one only in letter case, or has `/./` or `/../` in it, is redirected to it: 301 for GET, 307 for other methods',
      evidence: 'inferred',
      differs: 'at the root of the shared port, only below a path that belongs to this provider as it is written',
      test: 'wire/routing.test.ts > is redirected to the registered one: GET by 301: %s',
    },
    {
      behaviour: 'a slash at the end is removed by a redirect: 301 for GET, 307 for other methods',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > at the end is removed by a redirect: other methods by 307: %s %s',
    },
    {
      behaviour: 'doubled slashes, which clients send whose host ends in a slash, are redirected',
      evidence: 'inferred',
      differs: 'served without a redirect',
      test: 'wire/recorded-client.test.ts > lists at //v1.0/… when its host ends in a slash',
    },
    {
      behaviour: "the vendor's documentation has more operations below `/v1.0`",
      evidence: 'specification',
      differs: 'they answer 501 once the token is accepted, with a link to the list of emulated ones',
      test: 'unimplemented.test.ts > $id answers 501 once the token is accepted',
    },
    {
      behaviour: 'most operations also exist under `/v1`, with `_id` in their answers',
      evidence: 'server source',
      differs: 'only the log-in does; the others are a 404',
      test: 'wire/routing.test.ts > is a JSON 404 without a credential: %s',
    },
  ]),
  ...about('Seeds', [
    {
      behaviour: 'a seed has users, tokens in every state, and the settings',
      evidence: 'assumed',
      differs: 'an expired or suspended API token is listed as inactive and counts towards the limit',
      test: 'seed/seed-file.test.ts > lists tokens with their dates and uses, suspended and expired ones as inactive',
    },
    {
      behaviour: 'a fixed token must be one that the real server would accept',
      evidence: 'assumed',
      differs: 'it must be a token of its owner, signed with the signing secret',
      test: 'seed/seed-file.test.ts > %s',
    },
  ]),
];
