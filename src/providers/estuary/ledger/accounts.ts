import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Export', [
    {
      behaviour: '`{"Version","Date","Version1":{"Contents","Deals"}}`, lists never null, no keys in it',
      evidence: 'server source',
      differs: 'contents and deals exist only if a seed has them: there is no upload',
      test: 'contents/export.test.ts > a user without contents gets empty arrays, never null, and no keys',
    },
    {
      behaviour: 'contents that are not deleted, inactive ones and aggregates too; deals by their content',
      evidence: 'server source',
      test: 'contents/export.test.ts > deals are those of the contents in it, whoever made them; deleted ones are left out',
    },
  ]),
  ...about('Stats', [
    {
      behaviour: '`{"totalSize","numPins"}`, integers of 64 bits, never null',
      evidence: 'server source',
      test: 'contents/stats.test.ts > sizes above 32 bits are whole',
    },
    {
      behaviour:
        'v0.1.x: size of active contents outside aggregates, number of all active ones, deleted ones in both; v0.4: active, not deleted, no aggregates, for both',
      evidence: 'server source',
      test: 'contents/stats.test.ts > totals take in what this version takes in',
    },
  ]),
  ...about('Log-in', [
    {
      behaviour:
        'JSON of any content type, first value only, keys in any case, user name lower-cased; a session of 30 days labelled `on-login`',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > Go decodes %s',
    },
    {
      behaviour: '403 ERR_USER_NOT_FOUND; 403 ERR_INVALID_PASSWORD with empty details',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > a wrong password, with empty details, and no token is made',
    },
    {
      behaviour: "400 ERR_INVALID_INPUT with the text of Go's decoder (registration and password too)",
      evidence: 'server source',
      differs: 'after a repeated key only its last value is looked at; more than 1 MiB is 413 (assumed)',
      test: 'accounts/sessions/login.test.ts > %s is answered with the text of Go',
    },
    {
      behaviour: 'password hashes are opaque: whatever the client sends',
      evidence: 'server source',
      differs: 'compared as sent; the server salted them',
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
      behaviour: 'order: body, invite exists (404), invite is free (400), user name is (400)',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > the body, whether the invite exists, whether it is free, the name',
    },
    {
      behaviour: 'a name that is taken leaves the invite free',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > a name that somebody has, in any case, leaves the invite free',
    },
    {
      behaviour: 'names and passwords may be empty',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > a name and a password may be empty, once',
    },
    {
      behaviour: 'many at once for one name: all but one are 400 ERR_USERNAME_TAKEN or 500 ERR_USER_CREATION_FAILED',
      evidence: 'server source',
      test: 'accounts/sessions/register.test.ts > for one name: one gets it, and every other invite stays free',
    },
    {
      behaviour: 'many at once with one invite',
      evidence: 'inferred',
      differs: 'one gets in; the server looked first and claimed last, so several could',
      test: 'accounts/sessions/register.test.ts > with one invite: one gets in, and nobody else is left behind',
    },
  ]),
  ...about('Password', [
    {
      behaviour: '`PUT /user/password` answers `{}` and revokes nothing; a body without a hash makes it empty',
      evidence: 'server source',
      test: 'accounts/users/password.test.ts > a body without a hash makes it empty: %s',
    },
  ]),
  ...about('Viewer', [
    {
      behaviour: "`perms` is the user's level, `address` the text `<empty>` where none is set, `auth_expiry` the calling key's",
      evidence: 'server source',
      differs: "v0.4's cache of 10 s is left out",
      test: 'accounts/viewer/viewer.test.ts > 200: perms is the level of the user, not of the key',
    },
    {
      behaviour: '`miners` is left out when empty; `contentAddingDisabled` follows the user',
      evidence: 'server source',
      test: 'accounts/viewer/viewer.test.ts > 200: what is set of a user is shown: address, miners, flags, and whether contents may be added',
    },
    {
      behaviour: 'the other settings',
      evidence: 'inferred',
      differs: "the defaults of the server's configuration; `uploadEndpoints` is its local one",
      test: "accounts/viewer/viewer.test.ts > 200: the user, the calling key's expiry and the settings, in wire order",
    },
  ]),
  ...about('Invites', [
    {
      behaviour: 'a code that there is already is 500 with the text of the database',
      evidence: 'server source',
      differs: 'the text of SQLite; the service itself ran on PostgreSQL',
      test: 'accounts/invites/invites.test.ts > 500: a code that there is already, free or claimed, is refused with the text of the database',
    },
    {
      behaviour: 'a code may hold slashes; bodies are not read',
      evidence: 'inferred',
      test: 'accounts/invites/invites.test.ts > a code may have %s in it',
    },
    {
      behaviour: 'listed oldest first; `null` where there are none; empty names for nobody',
      evidence: 'server source',
      test: 'accounts/invites/invites.test.ts > null where there are none',
    },
    {
      behaviour: '`createdAt`, since v0.1.11, is RFC 3339',
      evidence: 'inferred',
      test: 'accounts/invites/invites.test.ts > every invite, oldest first, with the fields of this version and empty names for nobody',
    },
  ]),
  ...about('Users', [
    {
      behaviour: 'administrators see only users who own contents, by id; `null` where there are none',
      evidence: 'server source',
      test: 'contents/uploaders.test.ts > 200: null while nobody owns a content, though there are users',
    },
  ]),
  ...about('Auth service', [
    {
      behaviour:
        'a server of its own (auth.estuary.tech) over the same users and tokens; here on the same paths, hosts and ports as the API, in every profile',
      evidence: 'server source',
      differs: 'estuary-auth at 80d38be4; its unknown paths and wrong methods answer as the API does',
      test: 'accounts/auth-service/auth-service.test.ts > its answers do not carry the version of the API, and are open to browsers',
    },
    {
      behaviour: 'a check is always 200, with the user of a good token; what has no value is left out',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key shows all that is known of a user, and leaves out what has no value',
    },
    {
      behaviour: 'a token that is unknown, revoked or missing "does not exists"; expired ones are told apart',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key finds a token that is unknown, revoked, suspended, a hash or missing to be none',
    },
    {
      behaviour: 'a user name that is sent comes back, and is compared with nothing',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key gives a user name back as it was sent, and compares it with nothing',
    },
    {
      behaviour: 'bad bodies are 400 and 415 with `{"message"}`',
      evidence: 'inferred',
      differs: "Go's text without the offsets that its framework adds; forms and XML, which it read too, are 415",
      test: 'accounts/auth-service/auth-service.test.ts > POST /check-api-key refuses %s %j with the words of its framework',
    },
    {
      behaviour: 'tokens that it hands out belong to user 260, are labelled "From DELTA" and marked as sessions',
      evidence: 'server source',
      test: 'accounts/auth-service/auth-service.test.ts > GET /register-new-token gives all tokens to one user, 260, whom nobody can be or log in as',
    },
    {
      behaviour: 'user 260',
      evidence: 'assumed',
      differs: 'made on first use where a seed has none, of level 1, so that the tokens work; who they were is not known',
      test: 'accounts/auth-service/auth-service.test.ts > GET /register-new-token leaves a user 260 of the world as they are',
    },
  ]),
];
