import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** What the public documentation of 2023 says, row by row, and what the server does. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: 'documented: status `default`; served: always 200',
    evidence: 'server source',
    test: 'keys/clients.test.ts > creates, lists, gets and revokes a key',
  },
  {
    behaviour: 'documented: an administrator or the users themselves may call; served: only the system may',
    evidence: 'server source',
    differs: 'in profile `strict`; `documented`, the default, follows the documentation',
    test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
  },
  {
    behaviour: 'documented: scopes are `:user` by default; served: no default',
    evidence: 'server source',
    differs: 'the dashboard sends `:user` itself',
    test: 'keys/create-key.test.ts > a key with only a user has no scopes, no expiry and an empty alias',
  },
  {
    behaviour: 'documented: scopes are any text; served: one of twelve words',
    evidence: 'server source',
    test: 'keys/scopes.test.ts > %s is refused for its first unknown scope',
  },
  {
    behaviour: 'documented: the example of `expiration_time` lies in 2020; served: 400',
    evidence: 'server source',
    test: 'keys/expiry.test.ts > %s, %s, is too early',
  },
  {
    behaviour: 'documented: fields may be null; served: absent',
    evidence: 'server source',
    test: 'keys/clients.test.ts > creates, lists, gets and revokes a key',
  },
  {
    behaviour: 'documented: `key` of a look-up may be null; served: `{}`',
    evidence: 'server source',
    differs: '`{"key":null}` would crash the Python client',
    test: 'keys/get-key.test.ts > is empty for a key that is unknown, in another case, revoked or of another organisation',
  },
  {
    behaviour:
      'documented: a list is for an organisation and a user; served: `user_id` may be absent, and revoked keys are listed only with it',
    evidence: 'server source',
    test: 'keys/list-keys.test.ts > has revoked and expired keys too, in byte order of the key ids',
  },
  {
    behaviour: 'documented: lists have no order; served: the list of a user has one',
    evidence: 'server source',
    test: 'keys/list-keys.test.ts > has revoked and expired keys too, in byte order of the key ids',
  },
  {
    behaviour: 'documented: times are "human readable"; served: UTC without a zone',
    evidence: 'server source',
    test: 'keys/create-key.test.ts > a key made %i ms after the hour shows a fraction as short as possible, and so does the list',
  },
  {
    behaviour: 'documented: no limits; served: at most 25 keys on the free tier',
    evidence: 'server source',
    test: 'keys/key-limit.test.ts > an organisation on the free tier gets no 26th key until one is revoked',
  },
  {
    behaviour: 'documented: no errors; served: refusals without a body, handled errors, errors of the framework',
    evidence: 'server source',
    test: 'wire/headers.test.ts > %s (%i) has the same three headers, and no Server header',
  },
  {
    behaviour: 'documented: `alias` may be null; served: `""`',
    evidence: 'inferred',
    test: 'keys/create-key.test.ts > a key with only a user has no scopes, no expiry and an empty alias',
  },
  {
    behaviour: 'documented: `key` is the full value of the key; served: with the organisation at its end',
    evidence: 'server source',
    differs: 'since mid-2023; the key also works without the suffix',
    test: 'keys/create-key.test.ts > the key has 64 characters, of which the first ten are its id, and then its organisation',
  },
  {
    behaviour:
      'documented: revoking removes the access of a key; served: the key stays, can be revoked again, and is not found for another user',
    evidence: 'server source',
    test: 'keys/revoke-key.test.ts > the list of the organisation loses the key, the list of the user keeps it',
  },
  {
    behaviour: 'documented: a look-up returns "a list of objects"; served: one object inside `key`',
    evidence: 'server source',
    test: 'keys/get-key.test.ts > shows the key inside `key`, with its last use and without its secret',
  },
  {
    behaviour: 'documented: neither `lastUsedTime` nor `resourceId`; served: both, if they have a value',
    evidence: 'server source',
    differs: 'the clients of 2023 tolerate both',
    test: 'keys/account/account-keys.test.ts > v0 shows such a key to the system, with its model, in the list of the key that made it',
  },
  {
    behaviour: 'documented: the list of v1 has whole keys; served: five fields of each',
    evidence: 'server source',
    differs: 'the Python client crashes on it, because it requires `userId` and `creationTime`',
    test: 'keys/account/account-keys.test.ts > shows five fields of every key of the organisation that is not revoked, by whichever key it was made',
  },
]);
