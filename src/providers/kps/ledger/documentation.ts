import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** Where the documentation and the real server disagree. The emulator follows the server, except where `differs` says otherwise. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: 'documented: `active` is required on create; served: it is ignored and may be missing',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > a body is accepted that %s',
  },
  {
    behaviour: 'documented: create answers UserApiTokenCreated, with no status; served: 200',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > answers with id, tenant, user and token in this order, and a newline',
  },
  {
    behaviour: 'documented: nothing on a limit; served: two tokens a user, then a 400',
    evidence: 'server source',
    differs: 'the number is a setting of the world',
    test: 'keys/create-token.test.ts > refuses a third token',
  },
  {
    behaviour: 'documented: nothing on an expiry; served: API tokens never expire',
    evidence: 'server source',
    test: 'auth.test.ts > from the API, unlike one from a log-in, never expires',
  },
  {
    behaviour: 'documented: delete is "for the current user"; served: that, and a 200 with an empty id when nothing matched',
    evidence: 'server source',
    test: 'keys/delete-token.test.ts > an unknown id gives an empty id',
  },
  {
    behaviour:
      'documented: update "must be current user or infra admin"; served: judged by the `userId` of the body, with a 400 and not a 403, and a 200 when nothing matched',
    evidence: 'server source',
    test: 'keys/update-token.test.ts > an id %s is echoed, and nothing changes',
  },
  {
    behaviour: 'documented: UserApiToken has six fields; served: a seventh as well, `tenantId`',
    evidence: 'server source',
    test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
  },
  {
    behaviour: 'documented: `id` and the times are optional; served: always present, and year 1 for a token that was never used',
    evidence: 'server source',
    test: 'keys/list-tokens.test.ts > shows an infra admin the tokens of all users',
  },
  {
    behaviour: 'documented: `active` is required on update; served: a missing one disables the token',
    evidence: 'server source',
    differs: 'the program logs a warning',
    test: 'keys/update-token.test.ts > an active that is %s means false: the token is disabled',
  },
  {
    behaviour: 'documented: errors have an `errorCode`; served: the 401 has none',
    evidence: 'server source',
    test: 'auth.test.ts > that is missing is refused on every operation, even with the token in the query and a cookie',
  },
  {
    behaviour:
      'documented: the token is "from login API response"; served: API tokens are accepted too, also by these operations',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > an API token may create another',
  },
  {
    behaviour: 'documented: the token is not stored; served: the audit log kept it for a week',
    evidence: 'server source',
    differs: 'stored only as a hash, and never logged',
    test: 'forged-tokens.test.ts > neither a token nor a password is stored',
  },
  {
    behaviour: 'documented: paths are relative to `//localhost/`; served: at https://karbon.nutanix.com',
    evidence: 'server source',
    differs: 'at `/v1.0/…` below every base',
    test: 'wire/routing.test.ts > every base leads to the same tokens: root, prefix, host name, real host name, own port',
  },
  {
    behaviour:
      'documented: GET and DELETE have no content type; served: a JSON one without a body, as the client sends it, is accepted',
    evidence: 'client-proven',
    test: 'wire/recorded-client.test.ts > deletes with a JSON content type, without a body and without a Content-Length',
  },
  {
    behaviour: 'documented: an example with a key without a prefix; served: that is a 401',
    evidence: 'server source',
    differs: "set `api_key_prefix['Authorization'] = 'Bearer'`",
    test: 'wire/recorded-client.test.ts > configured with a key but no prefix sends the bare token, and is refused',
  },
  {
    behaviour: 'documented: nothing on the order of lists; served: no order is guaranteed',
    evidence: 'assumed',
    differs: 'by creation, then by id',
    test: 'keys/list-tokens.test.ts > separates tokens by a comma at the start of the next line, the oldest first',
  },
  {
    behaviour: 'documented: nothing on when `usedAt` is written; served: a little later than the call',
    evidence: 'server source',
    differs: 'written before the answer, so that a list shows its own call',
    test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
  },
  {
    behaviour: 'documented: nothing on `usedAt` in the body of create; served: it is stored',
    evidence: 'server source',
    differs: 'ignored',
    test: 'keys/create-token.test.ts > the body does not decide what is stored',
  },
  {
    behaviour: 'documented: nothing on unknown paths and methods; served: HTML, and a 405 in plain text',
    evidence: 'inferred',
    differs: 'JSON: a 404, and a 405 with `Allow`',
    test: 'wire/routing.test.ts > is a JSON 405 with the allowed methods, without a credential: %s %s',
  },
  {
    behaviour: 'documented: nothing on `//v1.0/…`; served: a redirect',
    evidence: 'inferred',
    differs: 'served without a redirect',
    test: 'wire/routing.test.ts > at the front or inside is ignored',
  },
  {
    behaviour: 'documented: nothing on long bodies; served: cut at 1 MiB, so that they are malformed',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > a body is refused that %s, and nothing is stored',
  },
  {
    behaviour: 'documented: nothing on a lock of the log-in; served: three failures lock for 30 minutes, with a 403',
    evidence: 'server source',
    differs: 'a setting of the world, which can be turned off',
    test: 'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
  },
  {
    behaviour: 'documented: nothing on the signing secret; served: one for each deployment',
    evidence: 'server source',
    differs: 'a setting of the world, fixed and visibly fake unless a seed sets another',
    test: 'keys/token-format.test.ts > the signing secret is a setting of the world',
  },
  {
    behaviour: "documented: nothing on the texts of 20481; served: those of Go's decoder",
    evidence: 'inferred',
    test: 'accounts/sessions/login.test.ts > a malformed body is answered with the text of the Go decoder (%#)',
  },
  {
    behaviour:
      'documented: the `password` of a user is the SHA-256 hash of the password; served: the password itself goes in, and its bcrypt hash comes out, masked',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > shows neither a password nor its hash',
  },
  {
    behaviour: 'documented: an update of a user requires email, name and password; served: only the e-mail',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > fields that the body leaves out stay the same; only the e-mail is required',
  },
  {
    behaviour: 'documented: LoginTokenV1 adds the claims of its body; served: it adds none',
    evidence: 'server source',
    test: 'accounts/sessions/exchange.test.ts > the body adds nothing to the token: %s',
  },
]);
