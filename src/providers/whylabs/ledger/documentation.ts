import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** What the public documentation of 2023 says, row by row, and what the server does. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: 'status `default`: always 200',
    evidence: 'server source',
    test: 'keys/clients.test.ts > goes through the whole life of a key',
  },
  {
    behaviour: 'callable by an administrator or the users themselves: by the system alone',
    evidence: 'server source',
    differs: 'so in profile `strict`; `documented`, the default, follows the documentation',
    test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
  },
  {
    behaviour: 'scopes are `:user` by default: there is no default',
    evidence: 'server source',
    differs: 'the dashboard sends `:user` itself',
    test: 'keys/create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
  },
  {
    behaviour: 'scopes are any text: twelve words',
    evidence: 'server source',
    test: 'keys/scopes.test.ts > %s is refused for the first scope that is unknown',
  },
  {
    behaviour: 'an `expiration_time` of 2020 as the example: refused',
    evidence: 'server source',
    test: 'keys/expiry.test.ts > %s, %s, is too early',
  },
  {
    behaviour: 'fields may be null: they are left out',
    evidence: 'server source',
    test: 'keys/clients.test.ts > goes through the whole life of a key',
  },
  {
    behaviour: '`key` of a look-up may be null: the answer is `{}`',
    evidence: 'server source',
    differs: '`{"key":null}` would crash the Python client',
    test: 'keys/get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
  },
  {
    behaviour: 'a list is of an organisation and a user: `user_id` may be left out, and only with it revoked keys are listed',
    evidence: 'server source',
    test: 'keys/list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
  },
  {
    behaviour: 'lists have no order: they have, of a user',
    evidence: 'server source',
    test: 'keys/list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
  },
  {
    behaviour: 'times are "human readable": UTC without a zone',
    evidence: 'server source',
    test: 'keys/create-key.test.ts > a key of %i ms past the hour says so with no more digits than it needs, and the list says the same',
  },
  {
    behaviour: 'no word of limits: 25 keys on the free tier',
    evidence: 'server source',
    test: 'keys/key-limit.test.ts > a free organisation has no 26th key until one is revoked',
  },
  {
    behaviour: 'no word of errors: refusals without a body, handled errors, errors of the framework',
    evidence: 'server source',
    test: 'wire/headers.test.ts > %s (%i) has the same three headers, and no more',
  },
  {
    behaviour: '`alias` may be null: it is `""`',
    evidence: 'inferred',
    test: 'keys/create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
  },
  {
    behaviour: 'the key is its full value: it ends in the organisation',
    evidence: 'server source',
    differs: 'so since mid-2023; without the suffix it works as well',
    test: 'keys/create-key.test.ts > the key is 64 characters, its id the first ten of them, and ends in its organisation',
  },
  {
    behaviour: 'revoking removes: the key stays, can be revoked again, and is not found under another user',
    evidence: 'server source',
    test: 'keys/revoke-key.test.ts > the organisation loses the key, the user keeps it',
  },
  {
    behaviour: 'a look-up gives "a list of objects": one, inside `key`',
    evidence: 'server source',
    test: 'keys/get-key.test.ts > has the key inside `key`, with its last use and without itself',
  },
  {
    behaviour: 'neither `lastUsedTime` nor `resourceId`: sent where they are known',
    evidence: 'server source',
    differs: 'the clients of 2023 tolerate both',
    test: 'keys/account/account-keys.test.ts > v0 shows such a key to the system, with its model, under the key that made it',
  },
  {
    behaviour: 'the list of v1 is one of whole keys: five fields of each',
    evidence: 'server source',
    differs: 'the Python client crashes on it: it wants `userId` and `creationTime`',
    test: 'keys/account/account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
  },
]);
