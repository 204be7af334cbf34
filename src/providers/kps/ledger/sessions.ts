import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const sessions: readonly BehaviourRow[] = [
  ...about('Log-in', [
    {
      behaviour: 'the answer has blanks after the commas and the later colons, `_id` under both paths, and no newline',
      evidence: 'server source',
      differs: 'name and e-mail are escaped as JSON; the real server inserts them as they are',
      test: 'accounts/sessions/login.test.ts > answers with the spacing of the real server, `_id` included, and no newline',
    },
    {
      behaviour: 'the token lives for 30 minutes, and has neither a type nor an id',
      evidence: 'server source',
      differs: 'measured in milliseconds; the real server counts whole seconds',
      test: 'accounts/sessions/login.test.ts > the session lives for exactly 30 minutes after the log-in',
    },
    {
      behaviour: 'the case of an e-mail does not matter',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > %s is accepted',
    },
    {
      behaviour: 'two log-ins of a user in one second get the same token',
      evidence: 'inferred',
      differs:
        'if that session was stopped through the control plane, the next one expires a second earlier, so that the stopped token stays refused',
      test: 'accounts/sessions/login.test.ts > get the same token, which works until 30 minutes after the later one',
    },
    {
      behaviour: 'an unknown e-mail or a wrong password is a 401 with `errorCode`',
      evidence: 'server source',
      differs: 'the log-in of devices with `tenantId|edgeId` is not emulated',
      test: 'accounts/sessions/login.test.ts > %s does not log in',
    },
    {
      behaviour: "a malformed body is a 400 with the text of Go's decoder",
      evidence: 'server source',
      differs: "the text follows Go's `encoding/json` (inferred)",
      test: 'accounts/sessions/login.test.ts > a malformed body is answered with the text of the Go decoder (%#)',
    },
  ]),
  ...about('Log-in lock', [
    {
      behaviour:
        'three failures lock an e-mail, exactly as written and with or without a user: a 403, even for the right password',
      evidence: 'server source',
      differs:
        'concurrent attempts are counted one by one; `loginFailures` (null: off) is a setting of the world; the record of an e-mail has a hash of it',
      test: 'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
    },
    {
      behaviour: 'the lock lasts 30 minutes from the last failure; attempts during the lock do not count',
      evidence: 'server source',
      differs: '`lockMs` is a setting of the world',
      test: 'accounts/sessions/login-lock.test.ts > attempts during the lock do not prolong it',
    },
    {
      behaviour: 'a success does not clear failures; all are forgotten 30 minutes after the last one',
      evidence: 'server source',
      test: 'accounts/sessions/login-lock.test.ts > a success in between does not clear earlier failures',
    },
  ]),
  ...about('Exchange of log-in tokens', [
    {
      behaviour: 'the token of a log-in is exchanged for a short one, for 3 minutes, with only `email`, `exp`, `nbf` and `type`',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token of four claims',
    },
    {
      behaviour: 'a short token names no tenant: every other route answers 401',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > the short token is refused on every other route: %s',
    },
    {
      behaviour: 'a short token is exchanged for a long one, for 20 days, which may do what its user may',
      evidence: 'server source',
      differs: 'a short token may be exchanged several times, as there',
      test: 'accounts/sessions/exchange.test.ts > the long token may do what its user may for exactly twenty days, and is not listed',
    },
    {
      behaviour: 'any other type of token, API tokens included, is a 403 `No permission`',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > of %s at %s',
    },
    {
      behaviour: 'a refused token gets the 401 of a failed log-in, with `errorCode` 20483',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > is worded as a failed log-in at %s, without a token or with a bad one',
    },
    {
      behaviour: 'a token whose e-mail no user has is a 404 with that e-mail',
      evidence: 'server source',
      differs: 'the sessions of a deleted user are revoked with the tokens, and get the 401',
      test: 'accounts/sessions/exchange.test.ts > an exchange 404 once no user has the e-mail of the token',
    },
    {
      behaviour: 'the claims in the body of LoginTokenV1 are not added to the token',
      evidence: 'server source',
      differs: 'according to the documentation they are',
      test: 'accounts/sessions/exchange.test.ts > the body adds nothing to the token: %s',
    },
    {
      behaviour: 'more than eight strings in that body get a 200 without a body',
      evidence: 'server source',
      differs: 'the token is checked before that; the real server checks it after',
      test: 'accounts/sessions/exchange.test.ts > more than eight strings in the body get a 200 without a body',
    },
  ]),
];
