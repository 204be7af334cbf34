import { type Ledger, pin } from '../../../provider/ledger.ts';

/** The test calls every operation as every kind of caller. */
const matrix = pin('server source', 'matrix.test.ts > $operation by $caller: $outcome');
const noEncoding = pin('inferred', 'wire/gzip.test.ts > a client that accepts neither encoding gets a 406 without a body: "%s"');

const tokens: Ledger['operations'] = {
  UserApiTokenCreate: {
    success: pin(
      'server source',
      'keys/create-token.test.ts > answers with id, tenant, user and token in this order, and a newline',
    ),
    errors: pin('server source', 'keys/create-token.test.ts > a body is refused that %s, and nothing is stored'),
    auth: matrix,
    states: pin('server source', 'keys/states.test.ts > is active from the start'),
  },
  UserApiTokenGet: {
    success: pin(
      'server source',
      'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
    ),
    errors: noEncoding,
    auth: matrix,
    states: pin('server source', 'keys/list-tokens.test.ts > shows inactive tokens, but not deleted ones'),
  },
  UserApiTokenList: {
    success: pin('server source', 'keys/list-tokens.test.ts > shows an infra admin the tokens of all users'),
    errors: noEncoding,
    auth: matrix,
    states: pin('server source', 'keys/list-tokens.test.ts > leaves out the tokens of a deleted user, which are refused'),
  },
  UserApiTokenUpdate: {
    success: pin('server source', 'keys/update-token.test.ts > answers with the id and a newline'),
    errors: pin('server source', 'keys/update-token.test.ts > an infra admin must name the owner too'),
    auth: matrix,
    states: pin('server source', 'keys/states.test.ts > is made inactive and active again by %s; the same token works again'),
  },
  UserApiTokenDelete: {
    success: pin(
      'server source',
      'keys/delete-token.test.ts > answers with the id and a newline; the token is refused from the next request on, and no longer listed',
    ),
    errors: null,
    auth: matrix,
    states: pin(
      'server source',
      'keys/states.test.ts > that is deleted, active or not, never works again and makes room for another',
    ),
  },
};

const logIn: Ledger['operations'][string] = {
  success: pin(
    'server source',
    'accounts/sessions/login.test.ts > answers with the spacing of the real server, `_id` included, and no newline',
  ),
  errors: pin(
    'server source',
    'accounts/sessions/login.test.ts > a malformed body is answered with the text of the Go decoder (%#)',
  ),
  auth: pin(
    'server source',
    'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
  ),
  states: pin('server source', 'accounts/sessions/login.test.ts > the session lives for exactly 30 minutes after the log-in'),
};

const logIns: Ledger['operations'] = {
  LoginCallV2: logIn,
  LoginCall: {
    ...logIn,
    errors: pin('server source', 'accounts/sessions/login-lock.test.ts > counts the attempts at both paths together'),
  },
  ShortLoginTokenV1: {
    success: pin('server source', 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token of four claims'),
    errors: pin('server source', 'accounts/sessions/exchange.test.ts > an exchange 404 once no user has the e-mail of the token'),
    auth: matrix,
    states: pin('server source', 'accounts/sessions/exchange.test.ts > the short token lives for exactly three minutes'),
  },
  LoginTokenV1: {
    success: pin('server source', 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token for twenty days'),
    errors: pin(
      'server source',
      'accounts/sessions/exchange.test.ts > more than eight strings in the body get a 200 without a body',
    ),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/sessions/exchange.test.ts > the long token may do what its user may for exactly twenty days, and is not listed',
    ),
  },
};

const users: Ledger['operations'] = {
  UserListV2: {
    success: pin(
      'server source',
      'accounts/users/list-users.test.ts > gives an infra admin all users of the tenant, by id, on one line',
    ),
    errors: pin('server source', 'accounts/users/list-users.test.ts > for an unknown orderBy key'),
    auth: matrix,
    states: null,
  },
  UserGetV2: {
    success: pin('server source', 'accounts/users/get-user.test.ts > shows all nine fields in wire order, and a newline'),
    errors: pin('server source', 'accounts/users/get-user.test.ts > for %s'),
    auth: matrix,
    states: null,
  },
  UserCreateV2: {
    success: pin(
      'server source',
      'accounts/users/create-user.test.ts > answers with the id and a newline; the user is created in the tenant of the caller',
    ),
    errors: pin('server source', 'accounts/users/create-user.test.ts > %s'),
    auth: matrix,
    states: null,
  },
  UserUpdateV3: {
    success: pin(
      'server source',
      'accounts/users/update-user.test.ts > answers with the id of the path and a newline, and changes every field that a client may set',
    ),
    errors: pin('server source', 'accounts/users/update-user.test.ts > %s'),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/users/update-user.test.ts > after a change of e-mail, log-ins need the new one and tokens with the old one are refused',
    ),
  },
  UserDeleteV2: {
    success: pin(
      'server source',
      'accounts/users/delete-user.test.ts > answers with the id and a newline; the user is gone, and cannot log in',
    ),
    errors: pin('server source', 'accounts/users/delete-user.test.ts > an id without a user in the tenant gives an empty id: %s'),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/users/delete-user.test.ts > all tokens and sessions of the user are revoked and no longer listed',
    ),
  },
  IsEmailAvailable: {
    success: pin('server source', 'accounts/users/email-available.test.ts > tells whether an e-mail is free: %s'),
    errors: pin('server source', 'accounts/users/email-available.test.ts > without exactly one e-mail: "%s"'),
    auth: matrix,
    states: null,
  },
};

/** By operation id. */
export const operations: Ledger['operations'] = { ...tokens, ...logIns, ...users };
