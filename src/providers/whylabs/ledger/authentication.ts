import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Keys', [
    {
      behaviour: '`id.secret:org`: 10 + 1 + 53 letters and digits, then the organisation',
      evidence: 'server source',
      differs: 'keys before mid-2023 had no suffix; here they always have',
      test: 'keys/create-key.test.ts > the key is 64 characters, its id the first ten of them, and ends in its organisation',
    },
    {
      behaviour: 'only the SHA-256 of the 64 characters is stored; the id is the first ten',
      evidence: 'server source',
      test: 'keys/create-key.test.ts > nothing is kept of the key but the SHA-256 of its 64 characters',
    },
    {
      behaviour: 'the suffix is dropped and never compared; three parts or more are no key',
      evidence: 'server source',
      test: 'authentication.test.ts > its organisation is never compared with anything',
    },
    {
      behaviour: 'the secret may hold `+-^!$&@`, which are never generated',
      evidence: 'server source',
      test: 'authentication.test.ts > a secret may hold the few signs that the real parser tolerates',
    },
  ]),
  ...about('Authentication', [
    {
      behaviour: 'header `X-API-Key`, in any case, else a cookie of that exact name',
      evidence: 'server source',
      test: 'authentication.test.ts > a cookie will do, if its name is exact',
    },
    {
      behaviour: '`Authorization` is not read',
      evidence: 'server source',
      test: 'authentication.test.ts > Authorization and the query are not looked at',
    },
    {
      behaviour: 'nothing presented 401, no body',
      evidence: 'server source',
      test: 'authentication.test.ts > %s without a key is refused without a word',
    },
    {
      behaviour: 'empty, malformed or unknown 403, no body, no reason',
      evidence: 'server source',
      test: 'authentication.test.ts > %s with a key that is no key is refused without a word',
    },
    {
      behaviour: 'expired or revoked 403, no body, no reason',
      evidence: 'server source',
      test: 'authentication.test.ts > %s with a key that was stopped is refused without a word',
    },
    {
      behaviour: 'a key is accepted up to and at its expiry',
      evidence: 'server source',
      test: 'keys/expiry.test.ts > is accepted at its expiry and refused a millisecond later',
    },
    {
      behaviour: 'a suspended key 403',
      evidence: 'assumed',
      differs: 'the real server cannot suspend; the control plane can',
      test: 'authentication.test.ts > %s with a key that was stopped is refused without a word',
    },
    {
      behaviour: 'a value in the form of AWS credentials (`{…}`) 403',
      evidence: 'assumed',
      differs: 'the real one lets internal services in by it; here the system key does what they do',
      test: 'authentication.test.ts > %s with a key that is no key is refused without a word',
    },
    {
      behaviour: 'a revocation works from the next request on',
      evidence: 'server source',
      differs: 'the real store may lag by less than a second',
      test: 'keys/revoke-key.test.ts > the key is refused from the next request on, and still after a revocation of what is revoked',
    },
    {
      behaviour: 'keys of a deleted organisation still work',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
    },
  ]),
  ...about('Who may call', [
    {
      behaviour: 'v0 keys, `strict`: keys of organisation `0` with `:whylabs_system`, on any organisation, and nobody else',
      evidence: 'server source',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour:
        'v0 keys, `documented`: also an organisation’s own keys, on their own organisation: administrators everything, others what names their own `user_id`',
      evidence: 'specification',
      differs: 'the source lets nobody but the system',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour:
        'v0 keys, `documented`: administrators are `:administrator` and `:account_administrator`; listing an organisation and getting by id is for them, others get 403',
      evidence: 'assumed',
      test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
    },
    {
      behaviour: 'v0 keys, `documented`: other keys of organisation `0` have no part in this, not even on `0`',
      evidence: 'assumed',
      differs: 'they could give themselves the system scope',
      test: 'who-may-call.test.ts > a key of organisation 0 cannot give itself the system scope',
    },
    {
      behaviour: 'v0 keys, `documented`: an owner may create keys with any known scope',
      evidence: 'assumed',
      differs: 'neither source nor documentation has a rule',
      test: 'keys/create-key.test.ts > a user may give a key of their own any known scope: the real server has no rule against it',
    },
    {
      behaviour: 'keys of `0` have every external scope; `:whylabs_*` mean nothing elsewhere',
      evidence: 'server source',
      test: 'matrix.test.ts > %s lets in whom the table says',
    },
    {
      behaviour:
        'organisations, users, `/v0/membership` and signing up: `:whylabs_administrator` or `:whylabs_system`, of organisation `0`',
      evidence: 'server source',
      test: 'matrix.test.ts > %s lets in whom the table says',
    },
    {
      behaviour: '`…/{org_id}/membership`: these, and `:administrator` on its own organisation; not `:account_administrator`',
      evidence: 'server source',
      test: 'matrix.test.ts > %s lets in whom the table says',
    },
    {
      behaviour: '`/v1/api-key`: `:administrator` and `:account_administrator`; `validate`: any valid key',
      evidence: 'server source',
      test: 'matrix.test.ts > %s lets in whom the table says',
    },
    {
      behaviour:
        '`…/models`: `:user`, `:administrator`, `:read_resource`, `:write_resource` on their own organisation; super administrators anywhere',
      evidence: 'server source',
      test: 'models/list-models.test.ts > super administrators may look at any organisation, and need no scope for it but theirs',
    },
    {
      behaviour: 'memberships and their roles have no part in what a key may do',
      evidence: 'server source',
      test: 'bootstrap.test.ts > from the system key alone, by the API alone, to a key that may do what its scope says and nothing else',
    },
    {
      behaviour: '403 comes before every other check',
      evidence: 'server source',
      test: 'who-may-call.test.ts > who may not call learns nothing of what they asked: 403 comes before every other check',
    },
  ]),
  ...about('Organisation of a v1 request', [
    {
      behaviour: 'the key’s own, or a child of it that `X-WHYLABS-ORGANIZATION` names, else 403; a blank name is none',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > a key acts for a child of its organisation that is named, and for no other',
    },
    {
      behaviour: 'super administrators must name one, else 400 before anything else is bound; any will do',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation',
    },
    {
      behaviour: 'other keys of organisation `0` act for it',
      evidence: 'server source',
      test: 'keys/account/account-keys.test.ts > other keys of organisation 0 act for it, and say nothing',
    },
  ]),
];
