import type { OperationRow, Pin } from '../../../provider/ledger.ts';

/** Read in the source of the server, or of the auth service beside it. */
function source(test: string): Pin {
  return { evidence: 'server source', test };
}

/** Whom every operation lets in is one table. */
const auth: Pin = source('matrix.test.ts > %s as %s: %i');

export const operations: Readonly<Record<string, OperationRow>> = {
  userApiKeysGet: {
    success: source(
      'list-keys.test.ts > an element has the four fields of v0.1.11 in wire order, the token in clear, and a newline ends the answer',
    ),
    errors: null,
    auth,
    states: source('states.test.ts > an expired key is still listed, and another key can revoke it'),
  },
  userApiKeysPost: {
    success: source(
      'create-key.test.ts > a key without an expiry lives 30 days, and the answer has the four fields of v0.1.11 in wire order',
    ),
    errors: source('create-key.test.ts > %s is answered with the text of Go, and nothing is stored: %s'),
    auth,
    states: source('states.test.ts > a key is accepted up to and at its expiry, and refused after it'),
  },
  userApiKeysKeyDelete: {
    success: source('revoke-key.test.ts > the answer is empty: no body, no content type, content-length 0'),
    errors: source('revoke-key.test.ts > no key in the path: %s'),
    auth,
    states: source('revoke-key.test.ts > a revoked key is refused from the next request on, and gone from the list'),
  },
  userExportGet: {
    success: source('export.test.ts > a content and its deal have the fields of this version, in wire order'),
    errors: null,
    auth,
    states: source(
      'export.test.ts > inactive contents and aggregates are in it, deleted ones are not, and another user sees none of it',
    ),
  },
  userStatsGet: {
    success: source('stats.test.ts > totals take in what this version takes in'),
    errors: null,
    auth,
    states: source('stats.test.ts > totals take in what this version takes in'),
  },
  userPasswordPut: {
    success: source('password.test.ts > the answer is an empty object, and only the new hash logs in from then on'),
    errors: source('password.test.ts > %s is answered with the text of Go, and the password stays'),
    auth,
    states: source('password.test.ts > no key is revoked by it, sessions neither'),
  },
  healthGet: {
    success: source('viewer.test.ts > GET /health 200 to everybody'),
    errors: source('routing.test.ts > a wrong method at the top is a 405 without authentication: %s %s'),
    auth,
    states: null,
  },
  viewerGet: {
    success: source("viewer.test.ts > 200: the user, the calling key's expiry and the settings, in wire order"),
    errors: null,
    auth,
    states: source('auth.test.ts > a lowered level takes effect from the next request on, and a raised one too'),
  },
  loginPost: {
    success: source('login.test.ts > the answer is a new token of 30 days and nothing else'),
    errors: source('login.test.ts > %s is answered with the text of Go'),
    auth,
    states: source('login.test.ts > a session expires after 30 days to the millisecond'),
  },
  registerPost: {
    success: source('register.test.ts > the answer is a new token of 7 days and nothing else'),
    errors: source('register.test.ts > the body, whether the invite exists, whether it is free, the name'),
    auth,
    states: source('register.test.ts > an invite serves once'),
  },
  adminInvitesCodePost: {
    success: source('invites.test.ts > the answer is the code, which lets one person register'),
    errors: source(
      'invites.test.ts > 500: a code that there is already, free or claimed, is refused with the text of the database',
    ),
    auth,
    states: null,
  },
  adminInvitesGet: {
    success: source('invites.test.ts > every invite, oldest first, with the fields of this version and empty names for nobody'),
    errors: null,
    auth,
    states: source('register.test.ts > the invite is claimed by the user'),
  },
  adminUsersGet: {
    success: source(
      'admin-users.test.ts > 200: only who owns contents, by id, with all of them that are not deleted: inactive ones and aggregates too',
    ),
    errors: null,
    auth,
    states: null,
  },
  checkApiKeyPost: {
    success: source(
      'auth-service.test.ts > POST /check-api-key says of a good token whose it is, in wire order, whatever the case of the field',
    ),
    errors: {
      evidence: 'inferred',
      test: 'auth-service.test.ts > POST /check-api-key refuses %s %j with the words of its framework',
    },
    auth,
    states: source('auth-service.test.ts > POST /check-api-key tells an expired token, and one whose user is gone'),
  },
  registerNewTokenGet: {
    success: source(
      'auth-service.test.ts > GET /register-new-token hands out an upload-only token that is good for 100 years, to anybody',
    ),
    errors: null,
    auth,
    states: null,
  },
};
