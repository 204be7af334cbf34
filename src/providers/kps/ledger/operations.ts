import { type Ledger, pin } from '../../../provider/ledger.ts';

/** Every operation is called by every kind of caller there. */
const matrix = pin('server source', 'matrix.test.ts > $operation by $caller: $outcome');
const noEncoding = pin('inferred', 'wire/gzip.test.ts > a client that takes neither is told 406, without a body: "%s"');

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
    states: pin('server source', 'keys/list-tokens.test.ts > shows inactive tokens, and no deleted ones'),
  },
  UserApiTokenList: {
    success: pin('server source', 'keys/list-tokens.test.ts > shows an infra admin the tokens of all users'),
    errors: noEncoding,
    auth: matrix,
    states: pin('server source', 'keys/list-tokens.test.ts > leaves out the tokens of a user who is gone, as they are refused'),
  },
  UserApiTokenUpdate: {
    success: pin('server source', 'keys/update-token.test.ts > answers with the id and a newline'),
    errors: pin('server source', 'keys/update-token.test.ts > an infra admin too must name somebody'),
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
      'keys/states.test.ts > that is deleted is gone for good, active or not, and leaves its place to another',
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
    'accounts/sessions/login.test.ts > a body that is no credential is answered with the text of the parser (%#)',
  ),
  auth: pin(
    'server source',
    'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
  ),
  states: pin(
    'server source',
    'accounts/sessions/login.test.ts > the session lives to the millisecond 30 minutes after the log-in',
  ),
};

const logIns: Ledger['operations'] = {
  LoginCallV2: logIn,
  LoginCall: {
    ...logIn,
    errors: pin('server source', 'accounts/sessions/login-lock.test.ts > counts the attempts at both paths together'),
  },
  ShortLoginTokenV1: {
    success: pin('server source', 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token that says little'),
    errors: pin(
      'server source',
      'accounts/sessions/exchange.test.ts > an exchange 404: the e-mail of the token is nobody’s any more',
    ),
    auth: matrix,
    states: pin('server source', 'accounts/sessions/exchange.test.ts > the short token lives three minutes, to the millisecond'),
  },
  LoginTokenV1: {
    success: pin('server source', 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token for twenty days'),
    errors: pin(
      'server source',
      'accounts/sessions/exchange.test.ts > more than eight texts in the body, and there is no answer but the status',
    ),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/sessions/exchange.test.ts > the long token may do what its user may, to the millisecond of its twenty days, and is not listed',
    ),
  },
};

const users: Ledger['operations'] = {
  UserListV2: {
    success: pin(
      'server source',
      'accounts/users/list-users.test.ts > gives an infra admin all users of the tenant, by id, on one line',
    ),
    errors: pin('server source', 'accounts/users/list-users.test.ts > for a key that there is no order by'),
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
      'accounts/users/create-user.test.ts > answers with the id and a newline; the user is there, in the tenant of the caller',
    ),
    errors: pin('server source', 'accounts/users/create-user.test.ts > %s'),
    auth: matrix,
    states: null,
  },
  UserUpdateV3: {
    success: pin(
      'server source',
      'accounts/users/update-user.test.ts > answers with the id of the path and a newline, and changes everything that the body has',
    ),
    errors: pin('server source', 'accounts/users/update-user.test.ts > %s'),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/users/update-user.test.ts > a new e-mail is the one to log in with, and the tokens that say the old one are refused',
    ),
  },
  UserDeleteV2: {
    success: pin(
      'server source',
      'accounts/users/delete-user.test.ts > answers with the id and a newline; the user is gone, and cannot log in',
    ),
    errors: pin('server source', 'accounts/users/delete-user.test.ts > an id of no user of the tenant gives an empty id: %s'),
    auth: matrix,
    states: pin(
      'server source',
      'accounts/users/delete-user.test.ts > his tokens go with him, active or not, and his sessions; nobody lists them',
    ),
  },
  IsEmailAvailable: {
    success: pin('server source', 'accounts/users/email-available.test.ts > says of %s whether it is free'),
    errors: pin('server source', 'accounts/users/email-available.test.ts > where there is not one e-mail: "%s"'),
    auth: matrix,
    states: null,
  },
};

/** By operation id. */
export const operations: Ledger['operations'] = { ...tokens, ...logIns, ...users };
