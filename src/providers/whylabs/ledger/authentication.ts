import { about } from './rows.ts';

const matrix = 'matrix.test.ts > %s lets in whom the table says';
const profiled = 'who-may-call.test.ts > %s is allowed or refused as the profile says';
const unusable = 'authentication.test.ts > %s with a key that is no key is refused without a word';

const keys = about('Keys', [
  [
    '`id.secret:org`: 10 + 1 + 53 letters and digits, then the organisation',
    'server source',
    'create-key.test.ts > the key is 64 characters, its id the first ten of them, and ends in its organisation',
    'keys before mid-2023 had no suffix; here they always have',
  ],
  [
    'only the SHA-256 of the 64 characters is stored; the id is the first ten',
    'server source',
    'create-key.test.ts > nothing is kept of the key but the SHA-256 of its 64 characters',
  ],
  [
    'the suffix is dropped and never compared; three parts or more are no key',
    'server source',
    'authentication.test.ts > its organisation is never compared with anything',
  ],
  [
    'the secret may hold `+-^!$&@`, which are never generated',
    'server source',
    'authentication.test.ts > a secret may hold the few signs that the real parser tolerates',
  ],
]);

const authentication = about('Authentication', [
  [
    'header `X-API-Key`, in any case, else a cookie of that exact name',
    'server source',
    'authentication.test.ts > a cookie will do, if its name is exact',
  ],
  ['`Authorization` is not read', 'server source', 'authentication.test.ts > Authorization and the query are not looked at'],
  ['nothing presented 401, no body', 'server source', 'authentication.test.ts > %s without a key is refused without a word'],
  ['empty, malformed or unknown 403, no body, no reason', 'server source', unusable],
  [
    'expired or revoked 403, no body, no reason',
    'server source',
    'authentication.test.ts > %s with a key that was stopped is refused without a word',
  ],
  [
    'a key is accepted up to and at its expiry',
    'server source',
    'create-key-expiry.test.ts > is accepted at its expiry and refused a millisecond later',
  ],
  [
    'a suspended key 403',
    'assumed',
    'authentication.test.ts > %s with a key that was stopped is refused without a word',
    'the real server cannot suspend; the control plane can',
  ],
  [
    'a value in the form of AWS credentials (`{…}`) 403',
    'assumed',
    unusable,
    'the real one lets internal services in by it; here the system key does what they do',
  ],
  [
    'a revocation works from the next request on',
    'server source',
    'revoke-key.test.ts > the key is refused from the next request on, and still after a revocation of what is revoked',
    'the real store may lag by less than a second',
  ],
  [
    'keys of a deleted organisation still work',
    'server source',
    'organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
  ],
]);

const callers = about('Who may call', [
  [
    'v0 keys, `strict`: keys of organisation `0` with `:whylabs_system`, on any organisation, and nobody else',
    'server source',
    profiled,
  ],
  [
    'v0 keys, `documented`: also an organisation’s own keys, on their own organisation: administrators everything, others what names their own `user_id`',
    'specification',
    profiled,
    'the source lets nobody but the system',
  ],
  [
    'v0 keys, `documented`: administrators are `:administrator` and `:account_administrator`; listing an organisation and getting by id is for them, others get 403',
    'assumed',
    profiled,
  ],
  [
    'v0 keys, `documented`: other keys of organisation `0` have no part in this, not even on `0`',
    'assumed',
    'who-may-call.test.ts > a key of organisation 0 cannot give itself the system scope',
    'they could give themselves the system scope',
  ],
  [
    'v0 keys, `documented`: an owner may create keys with any known scope',
    'assumed',
    'create-key.test.ts > a user may give a key of their own any known scope: the real server has no rule against it',
    'neither source nor documentation has a rule',
  ],
  ['keys of `0` have every external scope; `:whylabs_*` mean nothing elsewhere', 'server source', matrix],
  [
    'organisations, users, `/v0/membership` and signing up: `:whylabs_administrator` or `:whylabs_system`, of organisation `0`',
    'server source',
    matrix,
  ],
  [
    '`…/{org_id}/membership`: these, and `:administrator` on its own organisation; not `:account_administrator`',
    'server source',
    matrix,
  ],
  ['`/v1/api-key`: `:administrator` and `:account_administrator`; `validate`: any valid key', 'server source', matrix],
  [
    '`…/models`: `:user`, `:administrator`, `:read_resource`, `:write_resource` on their own organisation; super administrators anywhere',
    'server source',
    'probes.test.ts > super administrators may look at any organisation, and need no scope for it but theirs',
  ],
  [
    'memberships and their roles have no part in what a key may do',
    'server source',
    'bootstrap.test.ts > from the system key alone, by the API alone, to a key that may do what its scope says and nothing else',
  ],
  [
    '403 comes before every other check',
    'server source',
    'who-may-call.test.ts > who may not call learns nothing of what they asked: 403 comes before every other check',
  ],
]);

const accounts = about('Organisation of a v1 request', [
  [
    'the key’s own, or a child of it that `X-WHYLABS-ORGANIZATION` names, else 403; a blank name is none',
    'server source',
    'account-keys.test.ts > a key acts for a child of its organisation that is named, and for no other',
  ],
  [
    'super administrators must name one, else 400 before anything else is bound; any will do',
    'server source',
    'account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation',
  ],
  [
    'other keys of organisation `0` act for it',
    'server source',
    'account-keys.test.ts > other keys of organisation 0 act for it, and say nothing',
  ],
]);

export const authenticationBehaviours = [...keys, ...authentication, ...callers, ...accounts];
