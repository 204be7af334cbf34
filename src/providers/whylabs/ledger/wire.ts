import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const wire: readonly BehaviourRow[] = [
  ...about('Query', [
    {
      behaviour: 'empty `expiration_time` is absent; else the rules of a Java long',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > %s is not a Java long',
    },
    {
      behaviour: 'one `scopes` is split at commas, several are taken as they are',
      evidence: 'server source',
      test: 'keys/scopes.test.ts > %s is refused for the first scope that is unknown',
    },
    {
      behaviour: 'hyphenated names (`user-id`) bind too',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > arguments bind as Micronaut binds them: by hyphenated names too, after `;`, and several made one',
    },
    {
      behaviour: 'a repeated single value is joined with commas; `;` separates as `&` does',
      evidence: 'inferred',
      test: 'keys/create-key.test.ts > arguments bind as Micronaut binds them: by hyphenated names too, after `;`, and several made one',
    },
    {
      behaviour: 'words of an enumeration bind in any case, with hyphens for underscores; an empty one is absent',
      evidence: 'inferred',
      test: 'accounts/organizations/create-organization.test.ts > a tier of %j is read as %s',
    },
    {
      behaviour: '`true`, `yes`, `on`, `y` are true, all else false',
      evidence: 'inferred',
      test: 'accounts/organizations/create-organization.test.ts > a flag of %s is true',
    },
    {
      behaviour: 'a bad escape stays as it was sent',
      evidence: 'assumed',
      test: 'keys/create-key.test.ts > a bad escape stays as it was sent',
    },
  ]),
  ...about('Bodies', [
    {
      behaviour: 'routes without a body argument never read one',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a body is not read, whatever it is',
    },
    {
      behaviour: 'none, or `null`: `Required Body [request] not specified`',
      evidence: 'inferred',
      test: 'wire/bodies.test.ts > of %j is none, and the framework misses it',
    },
    {
      behaviour: 'what is no JSON is refused in the shape of the framework, without a path',
      evidence: 'inferred',
      differs: 'the words after `Invalid JSON: ` are ours: the real ones are Jackson’s, with line and column',
      test: 'wire/bodies.test.ts > of %j is no JSON',
    },
    {
      behaviour: 'fields that nobody knows are overlooked; a list of one is taken for the one',
      evidence: 'inferred',
      differs: 'by the settings of the framework’s reader, not run',
      test: 'wire/bodies.test.ts > in a list of one is that one, and so is each of its values',
    },
    {
      behaviour: 'a missing field, and one of another type, are refused in Jackson’s words',
      evidence: 'inferred',
      differs: 'the words of Jackson and its Kotlin module, not run; several faults are reported in the order of the class',
      test: 'wire/bodies.test.ts > %s that is absent or null is missing',
    },
    {
      behaviour: 'numbers and booleans are texts too; booleans may be texts or numbers',
      evidence: 'inferred',
      differs: 'positions of enumerations, which Jackson takes for their words, are refused',
      test: 'wire/bodies.test.ts > that is a text takes numbers and booleans for texts, and nothing else',
    },
    {
      behaviour: 'more than 100 MB 413',
      evidence: 'inferred',
      test: 'wire/bodies.test.ts > of more than 100 MB is refused by its announced length',
    },
    {
      behaviour: 'a body without a content type is read as JSON',
      evidence: 'assumed',
      test: 'wire/bodies.test.ts > without a content type is read as JSON',
    },
  ]),
  ...about('Routing', [
    {
      behaviour: 'what matches no route: 404 with the header, good or bad, 401 without; no body; never 405, 406 or 415',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
    },
    {
      behaviour: 'the same, with a key in the cookie alone: 403',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
    },
    {
      behaviour: 'POST, PUT and DELETE of a content type other than JSON match no route',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s %s of type %s, before the key is looked at',
    },
    {
      behaviour: 'an `Accept` without `*/*` or `application/json` matches no route (`application/*` will not do)',
      evidence: 'server source',
      test: 'wire/routing.test.ts > an Accept of %s, before the key is looked at',
    },
    {
      behaviour: 'a content type that cannot be read counts as none',
      evidence: 'assumed',
      test: 'wire/routing.test.ts > a content type that cannot be read, which is overlooked',
    },
    {
      behaviour: 'one slash at the end is ignored',
      evidence: 'server source',
      test: 'wire/routing.test.ts > one slash at the end of every path',
    },
    {
      behaviour: 'ids in the path have no `+`, `&` or `;` unless escaped',
      evidence: 'inferred',
      test: 'wire/routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
    },
    {
      behaviour: 'HEAD wherever GET is',
      evidence: 'server source',
      test: 'wire/routing.test.ts > %s is answered as GET is, without the body',
    },
    {
      behaviour: 'a CORS preflight is answered 200, for methods that the path has',
      evidence: 'assumed',
      test: 'wire/routing.test.ts > a preflight is let through from any origin, without a key',
    },
    {
      behaviour: 'operations of the specification that are not emulated: 501, once the key is accepted',
      evidence: 'assumed',
      differs:
        'in the shape that the real server has for what is not implemented; which scopes open which is known of models and logs alone',
      test: 'unimplemented.test.ts > %s says so',
    },
  ]),
  ...about('Headers', [
    {
      behaviour:
        'on every answer `X-Request-Id` (the client’s, else a UUID v4), `Access-Control-Allow-Origin: *`, `Strict-Transport-Security`',
      evidence: 'server source',
      test: 'wire/headers.test.ts > %s (%i) has the same three headers, and no more',
    },
    {
      behaviour: '`application/json` without a charset; empty bodies `Content-Length: 0` and no type',
      evidence: 'server source',
      test: 'keys/clients.test.ts > gets errors whose bodies are JSON or empty',
    },
  ]),
  ...about('Errors', [
    {
      behaviour: 'handled: `message`, `requestId` (as the header), `type`',
      evidence: 'server source',
      test: 'wire/headers.test.ts > of a handled error is that of the header, sent by the client or not',
    },
    {
      behaviour:
        'of the framework: `message`, `_links`, `_embedded`; the link is the request as sent, below the emulator’s prefix',
      evidence: 'server source',
      differs: 'order of members assumed',
      test: 'keys/create-key.test.ts > the link of an error is what the client asked for below the provider, slash and all',
    },
    {
      behaviour: 'a failure of the store is 500 `Internal`, and never explained',
      evidence: 'server source',
      test: 'wire/errors.test.ts > a failure of the store is handled, and never explained',
    },
    {
      behaviour: '429: plain text, labelled JSON',
      evidence: 'server source',
      differs: 'only by an injected fault: there is no rate limit here',
      test: 'wire/errors.test.ts > a rate limit is plain words, whatever the media type says',
    },
    {
      behaviour: '413, 500, 503',
      evidence: 'inferred',
      differs: 'in the framework’s shape; nothing of the cause, which the real server adds to a 500',
      test: 'wire/errors.test.ts > %s (%i) has the shape of the framework, and nothing of the cause',
    },
  ]),
];
