import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Authentication', [
    {
      behaviour: '`Authorization: ApiKey <key>`, the scheme in any case',
      evidence: 'client-proven',
      test: 'authentication.test.ts > the scheme %s is accepted',
    },
    {
      behaviour: 'a refusal is 401 `AUTHEXCEPTION`, without `WWW-Authenticate`',
      evidence: 'client-proven',
      differs: 'the status; the texts are ours, and a deleted key is as unknown as one that never was (assumed)',
      test: 'authentication.test.ts > a refusal names no way to log in, and every refusal has a trace id of its own',
    },
    {
      behaviour: 'an id token of the log-in: `Authorization: Bearer <token>` with the header `organization`',
      evidence: 'client-proven',
      differs:
        'rockset-go-client (`WithBearerToken`) sends it so; here one is issued by a seed or by `POST /_latchkey/keys`, not by a log-in',
      test: 'accounts/users/id-tokens.test.ts > as %s, with the header that names its organization',
    },
    {
      behaviour: 'an id token lives for 24 hours',
      evidence: 'client-proven',
      differs: 'so says the README of the CLI; a seed may say something else',
      test: 'accounts/users/id-tokens.test.ts > for a day, and not a millisecond longer',
    },
    {
      behaviour: 'without the header, or with another organization, it is refused: `Organization header is missing or invalid`',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > with the organization %j',
    },
    {
      behaviour: 'an API key is refused as a bearer, and an id token as an API key',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > an API key is no bearer token, with and without an organization',
    },
    {
      behaviour: 'whatever is wrong with an id token: `Invalid or expired access token`',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > when it was suspended or revoked',
    },
    {
      behaviour: 'an id token acts with all roles of its owner, and is in no list of keys',
      evidence: 'assumed',
      differs: 'it looks like a JWT, and nobody checks its signature: what counts is whether it was issued, as for keys',
      test: 'accounts/users/id-tokens.test.ts > with all the roles of its owner, and no others',
    },
  ]),
  ...about('Authorisation', [
    {
      behaviour: "a key's rights are those that its role and its owner's roles share",
      evidence: 'specification',
      differs: 'documented so',
      test: "authorisation.test.ts > a member's key with the admin role has no more rights than the member",
    },
    {
      behaviour: "one's own keys need a good key alone; creation needs `CREATE_API_KEY_GLOBAL`",
      evidence: 'assumed',
      differs: 'the only action for keys that there is; all built-in roles have it',
      test: 'authorisation.test.ts > a role without an action is refused that call, and still has the keys of its owner',
    },
    {
      behaviour: "other users' keys need `ALL_GLOBAL_ACTIONS` in both, before anything is said about that user",
      evidence: 'specification',
      differs: '"accessible to admin users only", until November 2021; 403 `FORBIDDEN` is assumed',
      test: "keys/list-keys.test.ts > another user's keys are an administrator's to see, and nobody else learns who exists",
    },
    {
      behaviour:
        'an action of its name guards each operation: GET_ORG, GET_CURRENT_USER, LIST_USERS, INVITE_USER, DELETE_USER, LIST_ROLES, CREATE_ROLE, UPDATE_ROLE, DELETE_ROLE (all `_GLOBAL`)',
      evidence: 'assumed',
      differs: 'updating a user needs GRANT_REVOKE_ROLE_GLOBAL; reading a single user or role what its list needs',
      test: 'matrix.test.ts > %s',
    },
    {
      behaviour: '`ALL_GLOBAL_ACTIONS` and its like stand for every action of their kind',
      evidence: 'inferred',
      differs: 'from the built-in role admin; what a privilege is limited to (a workspace, a cluster) does not count here',
      test: 'authorisation.test.ts > ALL_GLOBAL_ACTIONS in a custom role is as good as admin, every single action is not',
    },
    {
      behaviour: 'a key whose role is gone grants nothing, until there is one of that name again',
      evidence: 'assumed',
      test: 'roles/delete-role.test.ts > a key that is bound to it stays, and grants nothing until there is a role of that name again',
    },
    {
      behaviour: 'a key whose owner is gone is no key',
      evidence: 'assumed',
      test: 'authentication.test.ts > a key whose owner is gone is no key, nor is one of the same owner in another organization',
    },
    {
      behaviour: 'who may invite may invite with any role',
      evidence: 'assumed',
      differs: 'an invitation is no key: only an administrator can give the invited user one',
      test: 'accounts/users/create-user.test.ts > a member may invite too; a reader may not',
    },
  ]),
];
