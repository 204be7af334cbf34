import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const sessions: readonly BehaviourRow[] = [
  ...about('Log-in', [
    {
      behaviour: 'blanks after the commas and later colons, `_id` under both paths, no newline',
      evidence: 'server source',
      differs: 'name and e-mail are escaped as JSON; the real server pastes them in as they are',
      test: 'accounts/sessions/login.test.ts > answers with the spacing of the real server, `_id` included, and no newline',
    },
    {
      behaviour: 'the token lives 30 minutes, and has neither type nor id',
      evidence: 'server source',
      differs: 'to the millisecond; the real server counts whole seconds',
      test: 'accounts/sessions/login.test.ts > the session lives to the millisecond 30 minutes after the log-in',
    },
    {
      behaviour: 'e-mails match in any case',
      evidence: 'server source',
      test: 'accounts/sessions/login.test.ts > %s is accepted',
    },
    {
      behaviour: 'two log-ins of a user in one second give the same token',
      evidence: 'inferred',
      differs:
        'where that session was stopped through the control plane the next one expires a second earlier, so that the stopped token stays refused',
      test: 'accounts/sessions/login.test.ts > get the same token, which works until 30 minutes after the later one',
    },
    {
      behaviour: 'an unknown e-mail or a wrong password: 401 with `errorCode`',
      evidence: 'server source',
      differs: 'devices log in with `tenantId|edgeId`: none is there',
      test: 'accounts/sessions/login.test.ts > %s does not log in',
    },
    {
      behaviour: "a body that is no credential: 400 with the text of Go's decoder",
      evidence: 'server source',
      differs: "that text is rebuilt from Go's `encoding/json` (inferred)",
      test: 'accounts/sessions/login.test.ts > a body that is no credential is answered with the text of the parser (%#)',
    },
  ]),
  ...about('Log-in lock', [
    {
      behaviour:
        'three failures of an e-mail, as it was written and whether anybody has it, lock it: 403, the right password included',
      evidence: 'server source',
      differs: 'attempts at the same time are counted one by one; `loginFailures` (null: off) is a setting of the world',
      test: 'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
    },
    {
      behaviour: 'for 30 minutes after the last failure; attempts during the lock do not count',
      evidence: 'server source',
      differs: '`lockMs` is a setting of the world',
      test: 'accounts/sessions/login-lock.test.ts > attempts during the lock do not prolong it',
    },
    {
      behaviour: 'a success clears nothing; a failure is forgotten with the last of them',
      evidence: 'server source',
      test: 'accounts/sessions/login-lock.test.ts > a success in between does not clear what failed before',
    },
  ]),
  ...about('Exchange of log-in tokens', [
    {
      behaviour: 'the token of a log-in gives a short one for 3 minutes: `email`, `exp`, `nbf` and `type` alone',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > answers as a log-in does, with a token that says little',
    },
    {
      behaviour: 'a short token names no tenant: every other route answers 401',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > the short token is refused on every other route: %s',
    },
    {
      behaviour: 'a short token gives a long one for 20 days, which may do what its user may',
      evidence: 'server source',
      differs: 'a short token may be exchanged again and again, as there',
      test: 'accounts/sessions/exchange.test.ts > the long token may do what its user may, to the millisecond of its twenty days, and is not listed',
    },
    {
      behaviour: 'any other type of token, API tokens among them: 403 `No permission`',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > of %s at %s',
    },
    {
      behaviour: 'a refused token is worded as a failed log-in, with `errorCode` 20483',
      evidence: 'server source',
      test: 'accounts/sessions/exchange.test.ts > is worded as a failed log-in at %s, without a token or with a bad one',
    },
    {
      behaviour: 'a token whose e-mail finds nobody: 404 with that e-mail',
      evidence: 'server source',
      differs: 'the sessions of a deleted user are revoked with his tokens, and get the 401',
      test: 'accounts/sessions/exchange.test.ts > an exchange 404: the e-mail of the token is nobody’s any more',
    },
    {
      behaviour: 'the claims in the body of LoginTokenV1 come into no token',
      evidence: 'server source',
      differs: 'by the documentation they do',
      test: 'accounts/sessions/exchange.test.ts > nothing in the body comes into the token: %s',
    },
    {
      behaviour: 'more than eight texts in that body: 200 without a body',
      evidence: 'server source',
      differs: 'the token is checked before; there it is checked after',
      test: 'accounts/sessions/exchange.test.ts > more than eight texts in the body, and there is no answer but the status',
    },
  ]),
];
