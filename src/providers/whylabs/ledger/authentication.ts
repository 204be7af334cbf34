import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Keys', [
    {
      behaviour: '`id.secret:org`: 10 + 1 + 53 letters and digits, then the organisation',
      evidence: 'server source',
      differs: 'keys before mid-2023 had no suffix; here every key has one',
      test: 'keys/create-key.test.ts > the key has 64 characters, of which the first ten are its id, and then its organisation',
    },
    {
      behaviour: 'only the SHA-256 of the 64 characters is stored; the id is the first ten',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > only the SHA-256 of the 64 characters is stored',
    },
    {
      behaviour: 'the suffix is dropped and never compared; a value with three parts or more is not a key',
      evidence: 'server source',
      test: 'authentication.test.ts > its organisation is never compared',
    },
    {
      behaviour: 'the secret may contain `+-^!$&@`, which are never generated',
      evidence: 'server source',
      test: 'authentication.test.ts > may contain the few signs that the real parser accepts',
    },
  ]),
  ...about('Authentication', [
    {
      behaviour: 'the key is read from the header `X-API-Key` (in any case), else from a cookie of that exact name',
      evidence: 'server source',
      test: 'authentication.test.ts > is read from the cookie of the exact name',
    },
    {
      behaviour: '`Authorization` is not read',
      evidence: 'server source',
      test: 'authentication.test.ts > is not read from Authorization or the query',
    },
    {
      behaviour: 'no key: 401 without a body',
      evidence: 'server source',
      test: 'authentication.test.ts > %s without a key is refused with 401 and no body',
    },
    {
      behaviour: 'an empty, malformed or unknown key: 403 without a body',
      evidence: 'server source',
      test: 'authentication.test.ts > %s with a malformed or unknown key is refused with 403 and no body',
    },
    {
      behaviour: 'an expired or revoked key: 403 without a body',
      evidence: 'server source',
      test: 'authentication.test.ts > %s with a revoked, suspended or expired key is refused with 403 and no body',
    },
    {
      behaviour: 'a key is accepted up to and including its expiry',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > is accepted at its expiry and refused a millisecond later',
    },
    {
      behaviour: 'a suspended key: 403',
      evidence: 'assumed',
      differs: 'the real server cannot suspend keys; the control plane can',
      test: 'authentication.test.ts > %s with a revoked, suspended or expired key is refused with 403 and no body',
    },
    {
      behaviour: 'a value in the form of AWS credentials (`{…}`): 403',
      evidence: 'assumed',
      differs: 'the real server accepts them from internal services; here the system key takes their place',
      test: 'authentication.test.ts > %s with a malformed or unknown key is refused with 403 and no body',
    },
    {
      behaviour: 'a revocation takes effect from the next request on',
      evidence: 'server source',
      differs: 'the real store may lag by less than a second',
      test: 'keys/revoke-key.test.ts > the key is refused from the next request on, and can be revoked again',
    },
    {
      behaviour: 'keys of a deleted organisation still work',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > the organisation is no longer found and its memberships end, but its keys still work',
    },
  ]),
  ...about('Who may call', [
    {
      behaviour: 'v0 keys, `strict`: only keys of organisation `0` with `:whylabs_system`, on any organisation',
      evidence: 'server source',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour:
        'v0 keys, `documented`: also an organisation’s keys, on their own organisation: administrators for everything, others for requests with their own `user_id`',
      evidence: 'specification',
      differs: 'the source allows only the system',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour:
        'v0 keys, `documented`: administrators have `:administrator` or `:account_administrator`; only they may list an organisation’s keys or get one by id',
      evidence: 'assumed',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour: 'v0 keys, `documented`: other keys of organisation `0` are refused, even on `0`',
      evidence: 'assumed',
      differs: 'they could give themselves the system scope',
      test: 'who-may-call.test.ts > a key of organisation 0 cannot give itself the system scope',
    },
    {
      behaviour: 'v0 keys, `documented`: an owner may create keys with any known scope',
      evidence: 'assumed',
      differs: 'neither the source nor the documentation has a rule',
      test: 'keys/create-key.test.ts > a user may give a key of their own any known scope, because the real server has no rule against it',
    },
    {
      behaviour: 'keys of `0` have every external scope; `:whylabs_*` have no effect elsewhere',
      evidence: 'server source',
      test: 'matrix.test.ts > %s answers each caller as the table says',
    },
    {
      behaviour:
        'organisations, users, `/v0/membership` and signing up: keys of organisation `0` with `:whylabs_administrator` or `:whylabs_system`',
      evidence: 'server source',
      test: 'matrix.test.ts > %s answers each caller as the table says',
    },
    {
      behaviour: '`…/{org_id}/membership`: the same, and `:administrator` on its own organisation; not `:account_administrator`',
      evidence: 'server source',
      test: 'matrix.test.ts > %s answers each caller as the table says',
    },
    {
      behaviour: '`/v1/api-key`: `:administrator` and `:account_administrator`; `validate`: any valid key',
      evidence: 'server source',
      test: 'matrix.test.ts > %s answers each caller as the table says',
    },
    {
      behaviour:
        '`…/models`: `:user`, `:administrator`, `:read_resource`, `:write_resource` on their own organisation; super administrators anywhere',
      evidence: 'server source',
      test: 'models/list-models.test.ts > super administrators may list the models of any organisation, and need no other scope',
    },
    {
      behaviour: 'memberships and their roles have no effect on what a key may do',
      evidence: 'server source',
      test: 'bootstrap.test.ts > the system key and the API suffice to make a key that may do what its scopes allow and nothing else',
    },
    {
      behaviour: '403 comes before every other check',
      evidence: 'server source',
      test: 'who-may-call.test.ts > 403 comes before every other check, so that a refused caller learns nothing',
    },
  ]),
  ...about('Organisation of a v1 request', [
    {
      behaviour: 'the key’s own, or a child of it that `X-WHYLABS-ORGANIZATION` names, else 403; a blank name counts as absent',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a key acts for a named child of its organisation, and for no other organisation',
    },
    {
      behaviour: 'super administrators must name an organisation, else 400 before any argument is bound; they may name any',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a super administrator must name an organisation, and may name any',
    },
    {
      behaviour: 'other keys of organisation `0` act for it, without naming it',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > other keys of organisation 0 act for it and need not name it',
    },
  ]),
];
