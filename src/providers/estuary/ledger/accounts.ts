import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Export', [
    {
      behaviour: '`{"Version","Date","Version1":{"Contents","Deals"}}`, lists never null, no keys in it',
      evidence: 'server source',
      differs: 'contents and deals come from a seed only: there is no upload',
      test: 'contents/export.test.ts > a user without contents gets empty arrays, never null, and no keys',
    },
    {
      behaviour: 'contents that are not deleted, inactive ones and aggregates too; the deals of those contents',
      evidence: 'server source',
      test: 'contents/export.test.ts > the deals of the exported contents are exported, whoever made them; deleted deals are not',
    },
  ]),
  ...about('Stats', [
    {
      behaviour: '`{"totalSize","numPins"}`, 64-bit integers, never null',
      evidence: 'server source',
      test: 'contents/stats.test.ts > sizes beyond 32 bits are exact',
    },
    {
      behaviour:
        'v0.1.x: the size of the active contents outside aggregates and the number of all active ones, both with deleted contents; v0.4: both of active contents that are neither deleted nor aggregates',
      evidence: 'server source',
      test: 'contents/stats.test.ts > totals include the contents that this version includes',
    },
  ]),
  ...about('Log-in', [
    {
      behaviour:
        'JSON of any content type, of which only the first value is read, keys in any case, user name lower-cased; a session of 30 days labelled `on-login`',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > Go decodes %s',
    },
    {
      behaviour: '403 ERR_USER_NOT_FOUND; 403 ERR_INVALID_PASSWORD with empty details',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > a wrong password: the details are empty, and no token is made',
    },
    {
      behaviour: "400 ERR_INVALID_INPUT with the text of Go's decoder (registration and password too)",
      evidence: 'server source',
      differs: 'of a repeated key only the last value is checked; more than 1 MiB is 413 (assumed)',
      test: "accounts/sessions/login.test.ts > %s is answered with Go's error text",
    },
    {
      behaviour: 'a password hash is whatever the client sends',
      evidence: 'server source',
      differs: 'compared as sent; the server salted it',
      test: 'accounts/users/password.test.ts > the answer is an empty object, and only the new hash logs in from then on',
    },
  ]),
  ...about('Register', [
    {
      behaviour: 'a user of level 2 with a lower-case name, and a session of 7 days labelled `on-register`',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > the token is a full key of a new user of level 2, with the next id, and expires after 7 days to the millisecond',
    },
    {
      behaviour: 'order of the checks: body, invite exists (404), invite is free (400), user name is free (400)',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > the body, that the invite exists, that it is free, that the name is free',
    },
    {
      behaviour: 'a taken name leaves the invite free',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > a taken name, in upper or lower case, leaves the invite free',
    },
    {
      behaviour: 'names and passwords may be empty',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > an empty name with an empty password is accepted, once',
    },
    {
      behaviour:
        'simultaneous registrations of one name: one succeeds, the others are 400 ERR_USERNAME_TAKEN or 500 ERR_USER_CREATION_FAILED',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > for one name: one succeeds, and every other invite stays free',
    },
    {
      behaviour: 'simultaneous registrations with one invite',
      evidence: 'inferred',
      differs: 'one succeeds; the server checked first and claimed last, so several could',
      test: 'accounts/sessions/register.test.ts > with one invite: one succeeds, and the others leave no user behind',
    },
  ]),
  ...about('Password', [
    {
      behaviour: '`PUT /user/password` answers `{}` and revokes nothing; a body without a hash makes the hash empty',
      evidence: 'server source',
      test: 'accounts/users/password.test.ts > a body without a hash makes the hash empty: %s',
    },
  ]),
  ...about('Viewer', [
    {
      behaviour:
        "`perms` is the user's level, `address` the text `<empty>` if none is set, `auth_expiry` that of the calling key",
      evidence: 'server source',
      differs: 'the 10 s cache of v0.4 is left out',
      test: 'accounts/viewer/viewer.test.ts > 200: perms is the level of the user, not of the key',
    },
    {
      behaviour: '`miners` is left out when empty; `contentAddingDisabled` is that of the user',
      evidence: 'server source',
      test: 'accounts/viewer/viewer.test.ts > 200: the address, miners and flags of a user are shown if they are set, and whether contents may be added',
    },
    {
      behaviour: 'the other settings',
      evidence: 'inferred',
      differs: "the defaults of the server's configuration; `uploadEndpoints` is the local one",
      test: "accounts/viewer/viewer.test.ts > 200: the user, the calling key's expiry and the settings, in wire order",
    },
  ]),
  ...about('Invites', [
    {
      behaviour: 'a code that exists already is 500 with the text of the database',
      evidence: 'server source',
      differs: 'the text of SQLite; the real service ran on PostgreSQL',
      test: 'accounts/invites/invites.test.ts > 500: a code that exists already, free or claimed, is refused with the text of the database',
    },
    {
      behaviour: 'a code may contain slashes; bodies are not read',
      evidence: 'inferred',
      test: 'accounts/invites/invites.test.ts > a code may contain %s',
    },
    {
      behaviour: 'listed oldest first; `null` if there are none; `claimedBy` is empty for a free one',
      evidence: 'server source',
      test: 'accounts/invites/invites.test.ts > null if there are no invites',
    },
    {
      behaviour: '`createdAt`, since v0.1.11, is RFC 3339',
      evidence: 'inferred',
      test: 'accounts/invites/invites.test.ts > every invite, oldest first, with the fields of this version, and an empty name for a free invite',
    },
  ]),
  ...about('Users', [
    {
      behaviour: 'administrators see only users who own contents, by id; `null` if there are none',
      evidence: 'server source',
      test: 'contents/uploaders.test.ts > 200: null while no user owns contents',
    },
  ]),
  ...about('Auth service', [
    {
      behaviour:
        'a server of its own (auth.estuary.tech) over the same users and tokens; here on the same paths, hosts and ports as the API, in every profile',
      evidence: 'server source',
      differs: 'unknown paths and wrong methods are answered as by the API',
      test: 'accounts/auth-service/auth-service.test.ts > its answers lack the version of the API, and any origin may read them',
    },
    {
      behaviour: 'a check is always 200, with the user of an accepted token; fields without a value are left out',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key shows the fields of a user that have a value, and leaves out the others',
    },
    {
      behaviour: 'a token that is unknown, revoked or missing "does not exists"; expired ones have a text of their own',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key says that a token does not exist if it is unknown, revoked, suspended, a hash or missing',
    },
    {
      behaviour: 'a user name in the request is returned, and never compared',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key returns a user name as it was sent, and never compares it',
    },
    {
      behaviour: 'bad bodies are 400 and 415 with `{"message"}`',
      evidence: 'inferred',
      differs: "Go's text without the offsets that the service's framework adds; forms and XML, which it also read, are 415",
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key refuses %s %j in the words of its framework',
    },
    {
      behaviour: 'the tokens that it gives out belong to user 260, are labelled "From DELTA" and marked as sessions',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > GET /register-new-token gives all tokens to user 260, whose name cannot be registered or logged in with',
    },
    {
      behaviour: 'user 260',
      evidence: 'assumed',
      differs:
        'made on first use if the seed has no such user, at level 1, so that the tokens work; it is not known who they were',
      test: 'accounts/auth-service/auth-service.test.ts > GET /register-new-token leaves an existing user 260 unchanged',
    },
  ]),
];
