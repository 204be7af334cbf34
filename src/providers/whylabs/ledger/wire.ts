import { about } from './rows.ts';

const query = about('Query', [
  [
    'empty `expiration_time` is absent; else the rules of a Java long',
    'server source',
    'create-key-expiry.test.ts > %s is not a Java long',
  ],
  [
    'one `scopes` is split at commas, several are taken as they are',
    'server source',
    'create-key-scopes.test.ts > %s is refused for the first scope that is unknown',
  ],
  [
    'hyphenated names (`user-id`) bind too',
    'server source',
    'create-key.test.ts > arguments bind as Micronaut binds them: by hyphenated names too, after `;`, and several made one',
  ],
  [
    'a repeated single value is joined with commas; `;` separates as `&` does',
    'inferred',
    'create-key.test.ts > arguments bind as Micronaut binds them: by hyphenated names too, after `;`, and several made one',
  ],
  [
    'words of an enumeration bind in any case, with hyphens for underscores; an empty one is absent',
    'inferred',
    'create-organization.test.ts > a tier of %j is read as %s',
  ],
  ['`true`, `yes`, `on`, `y` are true, all else false', 'inferred', 'create-organization.test.ts > a flag of %s is true'],
  ['a bad escape stays as it was sent', 'assumed', 'create-key.test.ts > a bad escape stays as it was sent'],
]);

const bodies = about('Bodies', [
  ['routes without a body argument never read one', 'server source', 'create-key.test.ts > a body is not read, whatever it is'],
  [
    'none, or `null`: `Required Body [request] not specified`',
    'inferred',
    'bodies.test.ts > of %j is none, and the framework misses it',
  ],
  [
    'what is no JSON is refused in the shape of the framework, without a path',
    'inferred',
    'bodies.test.ts > of %j is no JSON',
    'the words after `Invalid JSON: ` are ours: the real ones are Jackson’s, with line and column',
  ],
  [
    'fields that nobody knows are overlooked; a list of one is taken for the one',
    'inferred',
    'bodies.test.ts > in a list of one is that one, and so is each of its values',
    'by the settings of the framework’s reader, not run',
  ],
  [
    'a missing field, and one of another type, are refused in Jackson’s words',
    'inferred',
    'bodies.test.ts > %s that is absent or null is missing',
    'the words of Jackson and its Kotlin module, not run; several faults are reported in the order of the class',
  ],
  [
    'numbers and booleans are texts too; booleans may be texts or numbers',
    'inferred',
    'bodies.test.ts > that is a text takes numbers and booleans for texts, and nothing else',
    'positions of enumerations, which Jackson takes for their words, are refused',
  ],
  ['more than 100 MB 413', 'inferred', 'bodies.test.ts > of more than 100 MB is refused by its announced length'],
  ['a body without a content type is read as JSON', 'assumed', 'bodies.test.ts > without a content type is read as JSON'],
]);

const routing = about('Routing', [
  [
    'what matches no route: 404 with the header, good or bad, 401 without; no body; never 405, 406 or 415',
    'server source',
    'routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
  ],
  [
    'the same, with a key in the cookie alone: 403',
    'inferred',
    'routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
  ],
  [
    'POST, PUT and DELETE of a content type other than JSON match no route',
    'server source',
    'routing.test.ts > %s %s of type %s, before the key is looked at',
  ],
  [
    'an `Accept` without `*/*` or `application/json` matches no route (`application/*` will not do)',
    'server source',
    'routing.test.ts > an Accept of %s, before the key is looked at',
  ],
  [
    'a content type that cannot be read counts as none',
    'assumed',
    'routing.test.ts > a content type that cannot be read, which is overlooked',
  ],
  ['one slash at the end is ignored', 'server source', 'routing.test.ts > one slash at the end of every path'],
  [
    'ids in the path have no `+`, `&` or `;` unless escaped',
    'inferred',
    'routing.test.ts > %s %s: 404 with the header, good or bad, else 401',
  ],
  ['HEAD wherever GET is', 'server source', 'routing.test.ts > %s is answered as GET is, without the body'],
  [
    'a CORS preflight is answered 200, for methods that the path has',
    'assumed',
    'routing.test.ts > a preflight is let through from any origin, without a key',
  ],
  [
    'operations of the specification that are not emulated: 501, once the key is accepted',
    'assumed',
    'unimplemented.test.ts > %s says so',
    'in the shape that the real server has for what is not implemented; which scopes open which is known of models and logs alone',
  ],
]);

const headers = about('Headers', [
  [
    'on every answer `X-Request-Id` (the client’s, else a UUID v4), `Access-Control-Allow-Origin: *`, `Strict-Transport-Security`',
    'server source',
    'headers.test.ts > %s (%i) has the same three headers, and no more',
  ],
  [
    '`application/json` without a charset; empty bodies `Content-Length: 0` and no type',
    'server source',
    'clients.test.ts > gets errors whose bodies are JSON or empty',
  ],
]);

const errors = about('Errors', [
  [
    'handled: `message`, `requestId` (as the header), `type`',
    'server source',
    'headers.test.ts > of a handled error is that of the header, sent by the client or not',
  ],
  [
    'of the framework: `message`, `_links`, `_embedded`; the link is the request as sent, below the emulator’s prefix',
    'server source',
    'create-key.test.ts > the link of an error is what the client asked for below the provider, slash and all',
    'order of members assumed',
  ],
  [
    'a failure of the store is 500 `Internal`, and never explained',
    'server source',
    'errors.test.ts > a failure of the store is handled, and never explained',
  ],
  [
    '429: plain text, labelled JSON',
    'server source',
    'errors.test.ts > a rate limit is plain words, whatever the media type says',
    'only by an injected fault: there is no rate limit here',
  ],
  [
    '413, 500, 503',
    'inferred',
    'errors.test.ts > %s (%i) has the shape of the framework, and nothing of the cause',
    'in the framework’s shape; nothing of the cause, which the real server adds to a 500',
  ],
]);

export const wireBehaviours = [...query, ...bodies, ...routing, ...headers, ...errors];
