import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Create', [
    {
      behaviour: '200 with these fields, in this order, absent ones left out',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key with every option is answered with these fields, in wire order',
    },
    {
      behaviour: 'no default scope, no default expiry',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
    },
    {
      behaviour: 'order of checks: user sent, expiry a number, expiry 60 s ahead, organisation, limit, scopes',
      evidence: 'server source',
      test: 'keys/key-limit.test.ts > it is looked at before scopes are, and after the organisation and the expiry',
    },
    {
      behaviour: '25 keys per organisation that are not revoked, expired ones included; free and unset tier only',
      evidence: 'server source',
      differs: 'checked with the insertion, so that concurrent calls cannot pass it',
      test: 'keys/key-limit.test.ts > it counts the keys of the organisation, whoever has them, and expired ones too',
    },
    {
      behaviour: 'twelve scopes, anything else 400',
      evidence: 'server source',
      test: 'keys/scopes.test.ts > all twelve are accepted as %s',
    },
    {
      behaviour: 'an expiry beyond the year 9999 is kept as its last instant',
      evidence: 'assumed',
      differs: 'the real one has no maximum; no clock here gets there',
      test: 'keys/expiry.test.ts > what lies beyond the year 9999 is kept as its last instant',
    },
    {
      behaviour: 'the user is never looked up; an alias may be anything',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > nobody looks the user up, and an alias may be anything, as often as one likes',
    },
    {
      behaviour: 'an alias is `""` if none was given',
      evidence: 'inferred',
      test: 'keys/create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
    },
    {
      behaviour: 'blank user: 400 `Missing values: …`',
      evidence: 'inferred',
      differs: 'the real answer may be a 500',
      test: 'keys/create-key.test.ts > a user of %j is blank, which the store cannot hold',
    },
    {
      behaviour: '`#` in a user: 400',
      evidence: 'assumed',
      differs: 'the real server stores such a key and fails on reading it, organisation lists included',
      test: 'keys/create-key.test.ts > a user with a `#`, which the real store cannot read back, is refused',
    },
  ]),
  ...about('List', [
    {
      behaviour: 'of an organisation: without revoked keys, with last use',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > has these fields, in wire order, those without a value left out',
    },
    {
      behaviour: 'of an organisation: in the order of creation',
      evidence: 'assumed',
      differs: 'no order there',
      test: 'keys/list-keys.test.ts > is in the order of creation',
    },
    {
      behaviour: 'of a user, if `user_id` is sent: revoked keys too, by key id',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
    },
    {
      behaviour: 'of a user: never a last use',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > never has the last use of a key',
    },
    {
      behaviour: 'unknown organisation or user: `{"items":[]}`; no paging',
      evidence: 'server source',
      test: 'keys/list-keys.test.ts > that nobody knows has an empty list, here and elsewhere',
    },
    {
      behaviour: 'blank organisation or user 400',
      evidence: 'inferred',
      differs: 'the real answer may be a 500',
      test: 'keys/list-keys.test.ts > a blank organisation is refused, in lists and look-ups alike',
    },
  ]),
  ...about('Get', [
    {
      behaviour: 'searches the organisation’s list; nothing found is 200 `{}`',
      evidence: 'server source',
      test: 'keys/get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
    },
    {
      behaviour: 'an expired key is found',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > stays in both lists, can be looked up and can be revoked',
    },
  ]),
  ...about('Revoke', [
    {
      behaviour: '200 each time, `revoked:true`, never the last use',
      evidence: 'server source',
      test: 'keys/revoke-key.test.ts > shows the key as revoked, without itself and without its last use',
    },
    {
      behaviour: 'the key stays in its user’s list',
      evidence: 'server source',
      test: 'keys/revoke-key.test.ts > the organisation loses the key, the user keeps it',
    },
    {
      behaviour: 'unknown id, or another’s: 404',
      evidence: 'server source',
      test: "keys/revoke-key.test.ts > a key that is not that user's in that organisation is not found, and stays as it was",
    },
    {
      behaviour: 'an empty `key_id` is an unknown one',
      evidence: 'assumed',
      differs: 'the real store would fail (500)',
      test: 'keys/revoke-key.test.ts > an empty key id is one that there is not',
    },
    {
      behaviour: 'two keys of one id and user: the first is revoked',
      evidence: 'assumed',
      differs: '500 there; ids are random',
      test: 'keys/revoke-key.test.ts > of two keys of one user that share an id, the first is revoked',
    },
  ]),
  ...about('Keys by v1', [
    {
      behaviour: 'the user of a new key is the key that makes it; a `user_id` is overlooked',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > makes a key whose user is the key that makes it, with every option in wire order',
    },
    {
      behaviour: 'order of checks: organisation named, expiry a number, expiry 60 s ahead, model, organisation, tier, scopes',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > expiry, model, organisation, tier and scopes are looked at in this order',
    },
    {
      behaviour: 'paid tiers only',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > organisations that do not pay cannot make keys',
    },
    {
      behaviour: '`:whylabs_*` are refused',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a scope of %j is refused',
    },
    {
      behaviour: 'no limit of keys',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > there is no limit of keys',
    },
    {
      behaviour: 'a model must be there, and active',
      evidence: 'server source',
      differs: 'it restricts logging of data, which is not emulated: nothing here refuses such a key',
      test: 'keys/account/account-keys.test.ts > a model of another organisation is not found',
    },
    {
      behaviour: 'a key revokes only what it made',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > what another key made, and the calling key itself, is not found',
    },
    {
      behaviour: 'the list has every key of the organisation that is not revoked, expired ones too',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    },
    {
      behaviour: 'a blank organisation that a super administrator names: 400 in the list',
      evidence: 'assumed',
      differs: 'the real answer may be a 500',
      test: 'keys/account/account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation',
    },
  ]),
  ...about('Times', [
    {
      behaviour: '`2030-01-01T00:00:00.12`: UTC without a zone, the fraction as short as it can be',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > a key of %i ms past the hour says so with no more digits than it needs, and the list says the same',
    },
    {
      behaviour: 'last use is known at once, of accepted uses only',
      evidence: 'assumed',
      differs: 'the real one writes it every 15 minutes, and of refused uses of a known key too',
      test: 'keys/get-key.test.ts > has the key inside `key`, with its last use and without itself',
    },
  ]),
];
