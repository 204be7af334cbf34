import { about } from './rows.ts';

/** The public documentation of 2023, row by row, against what the server does. */
export const documentationBehaviours = about('Documentation against server', [
  ['status `default`: always 200', 'server source', 'clients.test.ts > goes through the whole life of a key'],
  [
    'callable by an administrator or the users themselves: by the system alone',
    'server source',
    'who-may-call.test.ts > %s is allowed or refused as the profile says',
    'so in profile `strict`; `documented`, the default, follows the documentation',
  ],
  [
    'scopes are `:user` by default: there is no default',
    'server source',
    'create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
    'the dashboard sends `:user` itself',
  ],
  [
    'scopes are any text: twelve words',
    'server source',
    'create-key-scopes.test.ts > %s is refused for the first scope that is unknown',
  ],
  ['an `expiration_time` of 2020 as the example: refused', 'server source', 'create-key-expiry.test.ts > %s, %s, is too early'],
  ['fields may be null: they are left out', 'server source', 'clients.test.ts > goes through the whole life of a key'],
  [
    '`key` of a look-up may be null: the answer is `{}`',
    'server source',
    'get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
    '`{"key":null}` would crash the Python client',
  ],
  [
    'a list is of an organisation and a user: `user_id` may be left out, and only with it revoked keys are listed',
    'server source',
    'list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
  ],
  [
    'lists have no order: they have, of a user',
    'server source',
    'list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
  ],
  [
    'times are "human readable": UTC without a zone',
    'server source',
    'create-key.test.ts > a key of %i ms past the hour says so with no more digits than it needs, and the list says the same',
  ],
  [
    'no word of limits: 25 keys on the free tier',
    'server source',
    'key-limit.test.ts > a free organisation has no 26th key until one is revoked',
  ],
  [
    'no word of errors: refusals without a body, handled errors, errors of the framework',
    'server source',
    'headers.test.ts > %s (%i) has the same three headers, and no more',
  ],
  [
    '`alias` may be null: it is `""`',
    'inferred',
    'create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
  ],
  [
    'the key is its full value: it ends in the organisation',
    'server source',
    'create-key.test.ts > the key is 64 characters, its id the first ten of them, and ends in its organisation',
    'so since mid-2023; without the suffix it works as well',
  ],
  [
    'revoking removes: the key stays, can be revoked again, and is not found under another user',
    'server source',
    'revoke-key.test.ts > the organisation loses the key, the user keeps it',
  ],
  [
    'a look-up gives "a list of objects": one, inside `key`',
    'server source',
    'get-key.test.ts > has the key inside `key`, with its last use and without itself',
  ],
  [
    'neither `lastUsedTime` nor `resourceId`: sent where they are known',
    'server source',
    'account-keys.test.ts > v0 shows such a key to the system, with its model, under the key that made it',
    'the clients of 2023 tolerate both',
  ],
  [
    'the list of v1 is one of whole keys: five fields of each',
    'server source',
    'account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    'the Python client crashes on it: it wants `userId` and `creationTime`',
  ],
]);
