import { type Ledger, pin } from '../../../provider/ledger.ts';

/** Whom every operation lets in is one table. */
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
    errors: pin('server source', 'keys/create.test.ts > %s is answered with the text of Go, and nothing is stored: %s'),
    auth,
    states: pin('server source', 'keys/states.test.ts > a key is accepted up to and at its expiry, and refused after it'),
  },
  userApiKeysKeyDelete: {
    success: pin('server source', 'keys/revoke.test.ts > the answer is empty: no body, no content type, content-length 0'),
    errors: pin('server source', 'keys/revoke.test.ts > no key in the path: %s'),
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
      'contents/export.test.ts > inactive contents and aggregates are in it, deleted ones are not, and another user sees none of it',
    ),
  },
  userStatsGet: {
    success: pin('server source', 'contents/stats.test.ts > totals take in what this version takes in'),
    errors: null,
    auth,
    states: pin('server source', 'contents/stats.test.ts > totals take in what this version takes in'),
  },
  userPasswordPut: {
    success: pin(
      'server source',
      'accounts/users/password.test.ts > the answer is an empty object, and only the new hash logs in from then on',
    ),
    errors: pin('server source', 'accounts/users/password.test.ts > %s is answered with the text of Go, and the password stays'),
    auth,
    states: pin('server source', 'accounts/users/password.test.ts > no key is revoked by it, sessions neither'),
  },
  healthGet: {
    success: pin('server source', 'wire/health.test.ts > 200 to everybody'),
    errors: pin('server source', 'wire/routing.test.ts > a wrong method at the top is a 405 without authentication: %s %s'),
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
    errors: pin('server source', 'accounts/sessions/login.test.ts > %s is answered with the text of Go'),
    auth,
    states: pin('server source', 'accounts/sessions/login.test.ts > a session expires after 30 days to the millisecond'),
  },
  registerPost: {
    success: pin('server source', 'accounts/sessions/register.test.ts > the answer is a new token of 7 days and nothing else'),
    errors: pin(
      'server source',
      'accounts/sessions/register.test.ts > the body, whether the invite exists, whether it is free, the name',
    ),
    auth,
    states: pin('server source', 'accounts/sessions/register.test.ts > an invite serves once'),
  },
  adminInvitesCodePost: {
    success: pin('server source', 'accounts/invites/invites.test.ts > the answer is the code, which lets one person register'),
    errors: pin(
      'server source',
      'accounts/invites/invites.test.ts > 500: a code that there is already, free or claimed, is refused with the text of the database',
    ),
    auth,
    states: null,
  },
  adminInvitesGet: {
    success: pin(
      'server source',
      'accounts/invites/invites.test.ts > every invite, oldest first, with the fields of this version and empty names for nobody',
    ),
    errors: null,
    auth,
    states: pin('server source', 'accounts/sessions/register.test.ts > the invite is claimed by the user'),
  },
  adminUsersGet: {
    success: pin(
      'server source',
      'contents/uploaders.test.ts > 200: only who owns contents, by id, with all of them that are not deleted: inactive ones and aggregates too',
    ),
    errors: null,
    auth,
    states: null,
  },
  checkApiKeyPost: {
    success: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key says of a good token whose it is, in wire order, whatever the case of the field',
    ),
    errors: pin(
      'inferred',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key refuses %s %j with the words of its framework',
    ),
    auth,
    states: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > POST /check-api-key tells an expired token, and one whose user is gone',
    ),
  },
  registerNewTokenGet: {
    success: pin(
      'server source',
      'accounts/auth-service/auth-service.test.ts > GET /register-new-token hands out an upload-only token that is good for 100 years, to anybody',
    ),
    errors: null,
    auth,
    states: null,
  },
};
