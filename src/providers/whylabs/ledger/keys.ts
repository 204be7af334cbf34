import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Create', [
    {
      behaviour: '200 with these fields, in this order, without absent ones',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key with every option has these fields, in wire order',
    },
    {
      behaviour: 'no default scope, no default expiry',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key with only a user has no scopes, no expiry and an empty alias',
    },
    {
      behaviour: 'order of checks: user is sent, expiry is a number, expiry is 60 s ahead, organisation, limit, scopes',
      evidence: 'server source',
      test: 'keys/key-limit.test.ts > it is checked before the scopes, and after the expiry and the organisation',
    },
    {
      behaviour:
        'at most 25 keys per organisation that are not revoked, including expired ones; only on the free tier or without a tier',
      evidence: 'server source',
      differs: 'checked together with the insertion, so that concurrent requests cannot exceed it',
      test: 'keys/key-limit.test.ts > it counts the keys of all users of the organisation, expired ones too',
    },
    {
      behaviour: 'twelve scopes are accepted, any other: 400',
      evidence: 'server source',
      test: 'keys/scopes.test.ts > all twelve are accepted in %s',
    },
    {
      behaviour: 'an expiry after the year 9999 becomes the last instant of that year',
      evidence: 'assumed',
      differs: 'the real server has no maximum; the clocks here go no further',
      test: 'keys/expiry.test.ts > an expiry after the year 9999 becomes the last instant of that year',
    },
    {
      behaviour: 'the user need not exist; an alias may be anything',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > the user need not exist, and an alias may be anything and need not be unique',
    },
    {
      behaviour: 'without an alias it is `""`',
      evidence: 'inferred',
      test: 'keys/create-key.test.ts > a key with only a user has no scopes, no expiry and an empty alias',
    },
    {
      behaviour: 'a blank user: 400 `Missing values: …`',
      evidence: 'inferred',
      differs: 'the real answer may be a 500',
      test: 'keys/create-key.test.ts > a user of %j is blank, and is refused',
    },
    {
      behaviour: 'a `#` in a user: 400',
      evidence: 'assumed',
      differs: 'the real server stores such a key and then fails to read it, also in the list of the organisation',
      test: 'keys/create-key.test.ts > a user with a `#`, which the real store cannot read, is refused',
    },
  ]),
  ...about('List', [
    {
      behaviour: 'of an organisation: without revoked keys, with their last use',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > has these fields, in wire order, without absent ones',
    },
    {
      behaviour: 'of an organisation: in the order of creation',
      evidence: 'assumed',
      differs: 'the real store has no order',
      test: 'keys/list-keys.test.ts > is in the order of creation',
    },
    {
      behaviour: 'of a user, if `user_id` is sent: revoked keys too, in the order of key ids',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > has revoked and expired keys too, in byte order of the key ids',
    },
    {
      behaviour: 'of a user: without last use',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > never shows the last use of a key',
    },
    {
      behaviour: 'an unknown organisation or user: `{"items":[]}`; no paging',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > an unknown user, or a user of another organisation, has an empty list',
    },
    {
      behaviour: 'a blank organisation or user: 400',
      evidence: 'inferred',
      differs: 'the real answer may be a 500',
      test: 'keys/list-keys.test.ts > a blank organisation is refused, in lists and in look-ups',
    },
  ]),
  ...about('Get', [
    {
      behaviour: 'searches the list of the organisation; a key that is not there: 200 `{}`',
      evidence: 'server source',
      test: 'keys/get-key.test.ts > is empty for a key that is unknown, in another case, revoked or of another organisation',
    },
    {
      behaviour: 'an expired key is found',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > stays in both lists, can be looked up and can be revoked',
    },
  ]),
  ...about('Revoke', [
    {
      behaviour: '200 each time, `revoked:true`, without the last use',
      evidence: 'server source',
      test: 'keys/revoke-key.test.ts > shows the key as revoked, without its secret and without its last use',
    },
    {
      behaviour: 'the key stays in its user’s list',
      evidence: 'server source',
      test: 'keys/revoke-key.test.ts > the list of the organisation loses the key, the list of the user keeps it',
    },
    {
      behaviour: 'an unknown id, or one of another user: 404',
      evidence: 'server source',
      test: 'keys/revoke-key.test.ts > a key of another user or organisation is not found, and does not change',
    },
    {
      behaviour: 'an empty `key_id` counts as unknown',
      evidence: 'assumed',
      differs: 'the real store would fail (500)',
      test: 'keys/revoke-key.test.ts > an empty key id is not found',
    },
    {
      behaviour: 'two keys of one user with the same id: the first is revoked',
      evidence: 'assumed',
      differs: 'the real server answers 500; ids are random',
      test: 'keys/revoke-key.test.ts > of two keys of one user that share an id, the first is revoked',
    },
  ]),
  ...about('Keys by v1', [
    {
      behaviour: 'the user of a new key is the id of the key that made it; a `user_id` is ignored',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > makes a key whose user is the key that made it, with every option in wire order',
    },
    {
      behaviour:
        'order of checks: organisation is named, expiry is a number, expiry is 60 s ahead, model, organisation, tier, scopes',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > expiry, model, organisation, tier and scopes are checked in this order',
    },
    {
      behaviour: 'only for organisations on a paid tier',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > organisations that are not on a paid tier cannot make keys',
    },
    {
      behaviour: '`:whylabs_*` are refused',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a scope of %j is refused',
    },
    {
      behaviour: 'no key limit',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > there is no key limit',
    },
    {
      behaviour: 'the model that `resource_id` names must exist and be active',
      evidence: 'server source',
      differs: 'the model restricts the logging of data, which is not emulated; nothing here refuses such a key',
      test: 'keys/account/account-keys.test.ts > a model of another organisation is not found',
    },
    {
      behaviour: 'a key may revoke only the keys that it made',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a key that another key made is not found, nor is the calling key itself',
    },
    {
      behaviour: 'the list has every key of the organisation that is not revoked, including expired ones',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > shows five fields of every key of the organisation that is not revoked, by whichever key it was made',
    },
    {
      behaviour: 'a super administrator names a blank organisation: the list answers 400',
      evidence: 'assumed',
      differs: 'the real answer may be a 500',
      test: 'keys/account/account-keys.test.ts > a super administrator must name an organisation, and may name any',
    },
  ]),
  ...about('Times', [
    {
      behaviour: '`2030-01-01T00:00:00.12`: UTC without a zone, the fraction as short as possible',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key made %i ms after the hour shows a fraction as short as possible, and so does the list',
    },
    {
      behaviour: 'the last use is shown at once, and only of accepted requests',
      evidence: 'assumed',
      differs: 'the real server writes it every 15 minutes, also of refused requests with a known key',
      test: 'keys/get-key.test.ts > shows the key inside `key`, with its last use and without its secret',
    },
  ]),
];
