import { about } from './rows.ts';

const create = about('Create', [
  [
    '200 with these fields, in this order, absent ones left out',
    'server source',
    'create-key.test.ts > a key with every option is answered with these fields, in wire order',
  ],
  [
    'no default scope, no default expiry',
    'server source',
    'create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
  ],
  [
    'order of checks: user sent, expiry a number, expiry 60 s ahead, organisation, limit, scopes',
    'server source',
    'key-limit.test.ts > it is looked at before scopes are, and after the organisation and the expiry',
  ],
  [
    '25 keys per organisation that are not revoked, expired ones included; free and unset tier only',
    'server source',
    'key-limit.test.ts > it counts the keys of the organisation, whoever has them, and expired ones too',
    'checked with the insertion, so that concurrent calls cannot pass it',
  ],
  ['twelve scopes, anything else 400', 'server source', 'create-key-scopes.test.ts > all twelve are accepted as %s'],
  [
    'an expiry beyond the year 9999 is kept as its last instant',
    'assumed',
    'create-key-expiry.test.ts > what lies beyond the year 9999 is kept as its last instant',
    'the real one has no maximum; no clock here gets there',
  ],
  [
    'the user is never looked up; an alias may be anything',
    'server source',
    'create-key.test.ts > nobody looks the user up, and an alias may be anything, as often as one likes',
  ],
  [
    'an alias is `""` if none was given',
    'inferred',
    'create-key.test.ts > a key with a user alone has no scopes, no expiry and an empty alias',
  ],
  [
    'blank user: 400 `Missing values: …`',
    'inferred',
    'create-key.test.ts > a user of %j is blank, which the store cannot hold',
    'the real answer may be a 500',
  ],
  [
    '`#` in a user: 400',
    'assumed',
    'create-key.test.ts > a user with a `#`, which the real store cannot read back, is refused',
    'the real server stores such a key and fails on reading it, organisation lists included',
  ],
]);

const list = about('List', [
  [
    'of an organisation: without revoked keys, with last use',
    'server source',
    'list-keys.test.ts > has these fields, in wire order, those without a value left out',
  ],
  [
    'of an organisation: in the order of creation',
    'assumed',
    'list-keys.test.ts > is in the order of creation',
    'no order there',
  ],
  [
    'of a user, if `user_id` is sent: revoked keys too, by key id',
    'server source',
    'list-keys.test.ts > has revoked and expired keys too, by key id in byte order',
  ],
  ['of a user: never a last use', 'server source', 'list-keys.test.ts > never has the last use of a key'],
  [
    'unknown organisation or user: `{"items":[]}`; no paging',
    'server source',
    'list-keys.test.ts > that nobody knows has an empty list, here and elsewhere',
  ],
  [
    'blank organisation or user 400',
    'inferred',
    'list-keys.test.ts > a blank organisation is refused, in lists and look-ups alike',
    'the real answer may be a 500',
  ],
]);

const get = about('Get', [
  [
    'searches the organisation’s list; nothing found is 200 `{}`',
    'server source',
    'get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
  ],
  [
    'an expired key is found',
    'server source',
    'create-key-expiry.test.ts > stays in both lists, can be looked up and can be revoked',
  ],
]);

const revoke = about('Revoke', [
  [
    '200 each time, `revoked:true`, never the last use',
    'server source',
    'revoke-key.test.ts > shows the key as revoked, without itself and without its last use',
  ],
  ['the key stays in its user’s list', 'server source', 'revoke-key.test.ts > the organisation loses the key, the user keeps it'],
  [
    'unknown id, or another’s: 404',
    'server source',
    "revoke-key.test.ts > a key that is not that user's in that organisation is not found, and stays as it was",
  ],
  [
    'an empty `key_id` is an unknown one',
    'assumed',
    'revoke-key.test.ts > an empty key id is one that there is not',
    'the real store would fail (500)',
  ],
  [
    'two keys of one id and user: the first is revoked',
    'assumed',
    'revoke-key.test.ts > of two keys of one user that share an id, the first is revoked',
    '500 there; ids are random',
  ],
]);

const v1 = about('Keys by v1', [
  [
    'the user of a new key is the key that makes it; a `user_id` is overlooked',
    'server source',
    'account-keys.test.ts > makes a key whose user is the key that makes it, with every option in wire order',
  ],
  [
    'order of checks: organisation named, expiry a number, expiry 60 s ahead, model, organisation, tier, scopes',
    'server source',
    'account-keys.test.ts > expiry, model, organisation, tier and scopes are looked at in this order',
  ],
  ['paid tiers only', 'server source', 'account-keys.test.ts > organisations that do not pay cannot make keys'],
  ['`:whylabs_*` are refused', 'server source', 'account-keys.test.ts > a scope of %j is refused'],
  ['no limit of keys', 'server source', 'account-keys.test.ts > there is no limit of keys'],
  [
    'a model must be there, and active',
    'server source',
    'account-keys.test.ts > a model of another organisation is not found',
    'it restricts logging of data, which is not emulated: nothing here refuses such a key',
  ],
  [
    'a key revokes only what it made',
    'server source',
    'account-keys.test.ts > what another key made, and the calling key itself, is not found',
  ],
  [
    'the list has every key of the organisation that is not revoked, expired ones too',
    'server source',
    'account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
  ],
  [
    'a blank organisation that a super administrator names: 400 in the list',
    'assumed',
    'account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation',
    'the real answer may be a 500',
  ],
]);

const times = about('Times', [
  [
    '`2030-01-01T00:00:00.12`: UTC without a zone, the fraction as short as it can be',
    'server source',
    'create-key.test.ts > a key of %i ms past the hour says so with no more digits than it needs, and the list says the same',
  ],
  [
    'last use is known at once, of accepted uses only',
    'assumed',
    'get-key.test.ts > has the key inside `key`, with its last use and without itself',
    'the real one writes it every 15 minutes, and of refused uses of a known key too',
  ],
]);

export const keyBehaviours = [...create, ...list, ...get, ...revoke, ...v1, ...times];
