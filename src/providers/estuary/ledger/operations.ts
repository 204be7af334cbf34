import { type Ledger, pin } from '../../../provider/ledger.ts';

/** One test has the table of the callers that each operation accepts. */
const auth = pin('server source', 'matrix.test.ts > %s as %s: %i');

export const operations: Ledger['operations'] = {
  userApiKeysGet: {
    success: pin(
      'server source',
      'keys/list.test.ts > an element has the four fields of v0.1.11 in wire order, the token in clear, and a newline ends the answer',
    ),
    errors: null,
    auth,
    states: pin('server source', 'keys/states.test.ts > an expired key is still listed, and another key can revoke it'),
  },
  userApiKeysPost: {
    success: pin(
      'server source',
      'keys/create.test.ts > a key without an expiry lives 30 days, and the answer has the four fields of v0.1.11 in wire order',
    ),
    errors: pin('server source', "keys/create.test.ts > %s is answered with Go's error text, and nothing is stored: %s"),
    auth,
    states: pin('server source', 'keys/states.test.ts > a key is accepted up to and at its expiry, and refused after it'),
  },
  userApiKeysKeyDelete: {
    success: pin('server source', 'keys/revoke.test.ts > the answer is empty: no body, no content type, content-length 0'),
    errors: pin('server source', 'keys/revoke.test.ts > a path without a key: %s'),
    auth,
    states: pin(
      'server source',
      'keys/revoke.test.ts > a revoked key is refused from the next request on, and gone from the list',
    ),
  },
  userExportGet: {
    success: pin(
      'server source',
      'contents/export.test.ts > a content and its deal have the fields of this version, in wire order',
    ),
    errors: null,
    auth,
    states: pin(
      'server source',
      'contents/export.test.ts > inactive contents and aggregates are exported, deleted contents and those of other users are not',
    ),
  },
  userStatsGet: {
    success: pin('server source', 'contents/stats.test.ts > totals include the contents that this version includes'),
    errors: null,
    auth,
    states: pin('server source', 'contents/stats.test.ts > totals include the contents that this version includes'),
  },
  userPasswordPut: {
    success: pin(
      'server source',
      'accounts/users/password.test.ts > the answer is an empty object, and only the new hash logs in from then on',
    ),
    errors: pin('server source', "accounts/users/password.test.ts > %s is answered with Go's error text, and the password stays"),
    auth,
    states: pin('server source', 'accounts/users/password.test.ts > no key is revoked, and no session'),
  },
  healthGet: {
    success: pin('server source', 'wire/health.test.ts > 200, whatever the credential'),
    errors: pin('server source', 'wire/routing.test.ts > a wrong method at the top level is a 405 without authentication: %s %s'),
    auth,
    states: null,
  },
  viewerGet: {
    success: pin(
      'server source',
      "accounts/viewer/viewer.test.ts > 200: the user, the calling key's expiry and the settings, in wire order",
    ),
    errors: null,
    auth,
    states: pin('server source', 'auth.test.ts > a lowered level takes effect from the next request on, and a raised one too'),
  },
  loginPost: {
    success: pin('server source', 'accounts/sessions/login.test.ts > the answer is a new token of 30 days and nothing else'),
    errors: pin('server source', "accounts/sessions/login.test.ts > %s is answered with Go's error text"),
    auth,
    states: pin('server source', 'accounts/sessions/login.test.ts > a session expires after 30 days to the millisecond'),
  },
  registerPost: {
    success: pin('server source', 'accounts/sessions/register.test.ts > the answer is a new token of 7 days and nothing else'),
    errors: pin(
      'server source',
      'accounts/sessions/register.test.ts > the body, that the invite exists, that it is free, that the name is free',
    ),
    auth,
    states: pin('server source', 'accounts/sessions/register.test.ts > an invite can be used once'),
  },
  adminInvitesCodePost: {
    success: pin('server source', 'accounts/invites/invites.test.ts > the answer is the code, which lets one person register'),
    errors: pin(
      'server source',
      'accounts/invites/invites.test.ts > 500: a code that exists already, free or claimed, is refused with the text of the database',
    ),
    auth,
    states: null,
  },
  adminInvitesGet: {
    success: pin(
      'server source',
      'accounts/invites/invites.test.ts > every invite, oldest first, with the fields of this version, and an empty name for a free invite',
    ),
    errors: null,
    auth,
    states: pin('server source', 'accounts/sessions/register.test.ts > the invite is claimed by the user'),
  },
  adminUsersGet: {
    success: pin(
      'server source',
      'contents/uploaders.test.ts > 200: the users who own contents, by id, with every content that is not deleted: inactive ones and aggregates too',
    ),
    errors: null,
    auth,
    states: null,
  },
  checkApiKeyPost: {
    success: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key names the user of an accepted token, in wire order, whatever the case of the field',
    ),
    errors: pin(
      'inferred',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key refuses %s %j in the words of its framework',
    ),
    auth,
    states: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key tells expired tokens, and tokens whose user is gone, from unknown ones',
    ),
  },
  registerNewTokenGet: {
    success: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > GET /register-new-token gives anybody an upload-only token that is valid for 100 years',
    ),
    errors: null,
    auth,
    states: null,
  },
};
