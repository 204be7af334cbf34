import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = [
  ...about('Authentication', [
    {
      behaviour: '`Authorization: ApiKey <key>`, the scheme in any case',
      evidence: 'client-proven',
      test: 'authentication.test.ts > the scheme %s is accepted',
    },
    {
      behaviour:
        'every credential that is not accepted is refused with `Authentication Failure`, `AUTHEXCEPTION`, and a null `message_key`',
      evidence: 'recorded',
      differs:
        'text and type are from the only refusal that was ever published (crate/cratedb-toolkit 2a595ca, mid-2024); that its status is 401 is inferred, and so is that every refusal has these words',
      test: 'authentication.test.ts > the answer has the published words, whole',
    },
    {
      behaviour:
        '401 is for a caller who is not authenticated: without a key, or with one that is wrong, deleted, suspended or expired',
      evidence: 'specification',
      differs: "from the vendor's REST page; without `WWW-Authenticate` (assumed)",
      test: 'authentication.test.ts > a refusal has no WWW-Authenticate header, and a trace id of its own',
    },
    {
      behaviour: 'blanks before, between and after scheme and key are ignored: spaces and tabs, and no other bytes',
      evidence: 'assumed',
      test: 'authentication.test.ts > spaces around and between scheme and key are ignored',
    },
    {
      behaviour: 'an id token of the log-in comes as `Authorization: Bearer <token>` with the header `organization`',
      evidence: 'client-proven',
      differs: 'as rockset-go-client (`WithBearerToken`) sends it; here a seed or `POST /_latchkey/keys` issues it, not a log-in',
      test: 'accounts/users/id-tokens.test.ts > as %s, with the header that names its organization',
    },
    {
      behaviour: 'an id token is valid for 24 hours',
      evidence: 'client-proven',
      differs: 'according to the README of the CLI; a seed can give another expiry',
      test: 'accounts/users/id-tokens.test.ts > for a day, and not a millisecond longer',
    },
    {
      behaviour: 'an id token without the header, or with another organization, is refused',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > with the organization %j',
    },
    {
      behaviour: 'an API key is refused as a bearer token, and an id token as an API key',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > an API key is refused as a bearer token, with and without an organization',
    },
    {
      behaviour: 'an id token that is unknown, expired, suspended or revoked is refused like a key',
      evidence: 'assumed',
      test: 'accounts/users/id-tokens.test.ts > when it was suspended or revoked',
    },
    {
      behaviour: 'an id token has all roles of its owner, and is not listed among the keys',
      evidence: 'assumed',
      differs: 'it looks like a JWT, but its signature is not checked: like a key, it is accepted if it was issued',
      test: 'accounts/users/id-tokens.test.ts > with all the roles of its owner, and no others',
    },
  ]),
  ...about('Authorisation', [
    {
      behaviour: 'a key that is accepted and lacks a permission is refused with 403 `FORBIDDEN`',
      evidence: 'specification',
      differs: "from the vendor's REST page, and the types of the specification; no 403 was ever recorded, so the text is ours",
      test: 'authorisation.test.ts > a role without the required action is refused, and still gives access to the keys of its owner',
    },
    {
      behaviour: 'a key may do what both its role and the roles of its owner allow',
      evidence: 'specification',
      differs: 'from the documentation',
      test: "authorisation.test.ts > a member's key with the admin role has no more rights than the member",
    },
    {
      behaviour: "operations on one's own keys require only an accepted key, but creation requires `CREATE_API_KEY_GLOBAL`",
      evidence: 'assumed',
      differs: 'the only action for keys; all built-in roles have it',
      test: 'authorisation.test.ts > a role without the required action is refused, and still gives access to the keys of its owner',
    },
    {
      behaviour:
        "operations on other users' keys require `ALL_GLOBAL_ACTIONS` of both, which is checked before the user is looked up",
      evidence: 'specification',
      differs: '"accessible to admin users only", until November 2021',
      test: "keys/list-keys.test.ts > only an administrator sees another user's keys, and no other key learns which users exist",
    },
    {
      behaviour:
        'each other operation requires the action of its name: GET_ORG, GET_CURRENT_USER, LIST_USERS, INVITE_USER, DELETE_USER, LIST_ROLES, CREATE_ROLE, UPDATE_ROLE, DELETE_ROLE (all `_GLOBAL`)',
      evidence: 'assumed',
      differs: 'updating a user requires GRANT_REVOKE_ROLE_GLOBAL; reading a single user or role requires the action of the list',
      test: 'matrix.test.ts > %s',
    },
    {
      behaviour: '`ALL_GLOBAL_ACTIONS` includes all global actions, and the other `ALL_…` actions include those of their kind',
      evidence: 'inferred',
      differs: 'inferred from the built-in role admin; the limit of a privilege (a workspace, a cluster) is ignored here',
      test: 'authorisation.test.ts > ALL_GLOBAL_ACTIONS in a custom role allows as much as admin; all the single actions together do not',
    },
    {
      behaviour: 'a key whose role was deleted allows nothing until a role of that name is created again',
      evidence: 'assumed',
      test: 'roles/delete-role.test.ts > a key with this role stays, and allows nothing until a role of that name is created again',
    },
    {
      behaviour: 'a key whose owner was deleted is refused like an unknown key',
      evidence: 'assumed',
      test: 'authentication.test.ts > a key whose owner was deleted is refused, even if another organization has a user of that address',
    },
    {
      behaviour: 'a user who may invite may give the invited user any role',
      evidence: 'assumed',
      differs: 'an invitation gives no key: only an administrator can create one for the invited user',
      test: 'accounts/users/create-user.test.ts > a member may also invite; a reader may not',
    },
  ]),
];
