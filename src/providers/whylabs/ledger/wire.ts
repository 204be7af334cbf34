import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Query', [
    {
      behaviour: 'an empty `expiration_time` counts as absent; otherwise the rules of a Java long apply',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > %s is not a Java long',
    },
    {
      behaviour: 'a single `scopes` is split at commas, several are not',
      evidence: 'server source',
      test: 'keys/scopes.test.ts > %s is refused for its first unknown scope',
    },
    {
      behaviour: 'hyphenated names (`user-id`) bind too',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > arguments bind as in Micronaut: by hyphenated names, after `;`, and several values joined',
    },
    {
      behaviour: 'a repeated parameter of one value is joined with commas; `;` separates like `&`',
      evidence: 'inferred',
      test: 'keys/create-key.test.ts > arguments bind as in Micronaut: by hyphenated names, after `;`, and several values joined',
    },
    {
      behaviour: 'words of an enumeration bind in any case, with hyphens for underscores; an empty one counts as absent',
      evidence: 'inferred',
      test: 'accounts/organizations/create-organization.test.ts > a tier of %j is read as %s',
    },
    {
      behaviour: '`true`, `yes`, `on`, `y` are true, everything else is false',
      evidence: 'inferred',
      test: 'accounts/organizations/create-organization.test.ts > a flag of %s is true',
    },
    {
      behaviour: 'an invalid escape stays as it was sent',
      evidence: 'assumed',
      test: 'keys/create-key.test.ts > an invalid escape stays as it was sent',
    },
  ]),
  ...about('Bodies', [
    {
      behaviour: 'routes without a body argument never read one',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a body is never read',
    },
    {
      behaviour: 'no body, or `null`: `Required Body [request] not specified`',
      evidence: 'inferred',
      test: 'wire/bodies.test.ts > of %j counts as missing',
    },
    {
      behaviour: 'a body that is not JSON is refused in the shape of the framework, without a path',
      evidence: 'inferred',
      differs: 'the text after `Invalid JSON: ` is ours; the real one is Jackson’s, with line and column',
      test: 'wire/bodies.test.ts > of %j is not JSON',
    },
    {
      behaviour: 'unknown fields are ignored; a list of one element is read as that element',
      evidence: 'inferred',
      differs: 'by the framework’s settings of Jackson, not run',
      test: 'wire/bodies.test.ts > may be a list of one element, and so may each of its fields',
    },
    {
      behaviour: 'a missing field, or one of another type, is refused in Jackson’s words',
      evidence: 'inferred',
      differs:
        'the words of Jackson and its Kotlin module, not run; of several problems the first in the order of the class is reported',
      test: 'wire/bodies.test.ts > %s counts as missing if it is absent or null',
    },
    {
      behaviour: 'numbers and booleans are accepted as strings; strings and numbers are accepted as booleans',
      evidence: 'inferred',
      differs: 'positions in an enumeration, which Jackson accepts for its words, are refused',
      test: 'wire/bodies.test.ts > of a string also accepts numbers and booleans, and nothing else',
    },
    {
      behaviour: 'more than 100 MB: 413',
      evidence: 'inferred',
      test: 'wire/bodies.test.ts > of more than 100 MB is refused by its Content-Length',
    },
    {
      behaviour: 'a body without a content type is read as JSON',
      evidence: 'assumed',
      test: 'wire/bodies.test.ts > without a content type is read as JSON',
    },
  ]),
  ...about('Routing', [
    {
      behaviour:
        'a request that matches no route: 404 with the header, whether the key is good or bad, and 401 without it; no body; never 405, 406 or 415',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, else 403 with the cookie, else 401',
    },
    {
      behaviour: 'the same with a key only in the cookie: 403',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, else 403 with the cookie, else 401',
    },
    {
      behaviour: 'POST, PUT and DELETE with a content type other than JSON match no route',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s %s of type %s, before the key is checked',
    },
    {
      behaviour: 'an `Accept` without `*/*` or `application/json` matches no route (`application/*` does not suffice)',
      evidence: 'server source',
      test: 'wire/routing.test.ts > an Accept of %s, before the key is checked',
    },
    {
      behaviour: 'a content type that cannot be parsed counts as absent',
      evidence: 'assumed',
      test: 'wire/routing.test.ts > a content type that cannot be parsed, which counts as absent',
    },
    {
      behaviour: 'one trailing slash is ignored',
      evidence: 'server source',
      test: 'wire/routing.test.ts > one trailing slash',
    },
    {
      behaviour: 'an id in the path with an unescaped `+`, `&` or `;` matches no route',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, else 403 with the cookie, else 401',
    },
    {
      behaviour: 'HEAD is answered on every route that has GET',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s is answered like GET, without the body',
    },
    {
      behaviour: 'a CORS preflight for a method of the path is answered 200, with `Access-Control-Allow-Credentials: true`',
      evidence: 'inferred',
      differs: "from Micronaut's CORS filter, enabled without configurations",
      test: 'wire/routing.test.ts > a preflight from any origin is answered without a key',
    },
    {
      behaviour: 'an operation of the specification that is not emulated: 501, once the key is accepted',
      evidence: 'assumed',
      differs: 'in the shape of the real server’s own 501; the required scopes are known only for models and logs',
      test: 'unimplemented.test.ts > %s is answered 501',
    },
  ]),
  ...about('Headers', [
    {
      behaviour:
        'every answer has `X-Request-Id` (the client’s, else a UUID v4), `Access-Control-Allow-Origin: *` and `Strict-Transport-Security`',
      evidence: 'server source',
      test: 'wire/headers.test.ts > %s (%i) has the same three headers, and no Server header',
    },
    {
      behaviour: 'to a request with an `Origin`, answers also have `Vary: Origin` and `Access-Control-Allow-Credentials: true`',
      evidence: 'inferred',
      differs: "from Micronaut's CORS filter, enabled without configurations",
      test: 'wire/headers.test.ts > %s (%i) has two more for a request with an Origin, and without one has neither',
    },
    {
      behaviour: 'JSON is `application/json` without a charset; an empty body has `Content-Length: 0` and no content type',
      evidence: 'server source',
      test: 'keys/clients.test.ts > gets errors whose bodies are JSON or empty',
    },
  ]),
  ...about('Errors', [
    {
      behaviour: "an `Expect` other than `100-continue` is a 417 in the shape of the framework's errors",
      evidence: 'assumed',
      test: '../framework-errors.test.ts > any other expectation',
    },
    {
      behaviour: 'handled errors: `message`, `requestId` (the same as in the header), `type`',
      evidence: 'server source',
      test: 'wire/headers.test.ts > of a handled error is the id in the header, whether or not the client sent it',
    },
    {
      behaviour:
        'errors of the framework: `message`, `_links`, `_embedded`; the link is the request as it was sent, without the emulator’s prefix',
      evidence: 'server source',
      differs: 'the order of the fields is assumed',
      test: 'keys/create-key.test.ts > the link of an error is the request as it was sent, without the prefix of the provider and with its trailing slash',
    },
    {
      behaviour: 'a failure of the store: 500 `Internal`, without the reason',
      evidence: 'server source',
      test: 'wire/errors.test.ts > a failure of the store has the shape of a handled error, without the reason',
    },
    {
      behaviour: '429: plain text, labelled as JSON',
      evidence: 'server source',
      differs: 'only by an injected fault, since there is no rate limit here',
      test: 'wire/errors.test.ts > a rate limit is answered in plain text',
    },
    {
      behaviour: '413, 500, 503',
      evidence: 'inferred',
      differs: 'in the framework’s shape, without the cause, which the real server adds to a 500',
      test: 'wire/errors.test.ts > %s (%i) has the shape of the framework, and does not show the cause',
    },
  ]),
];
