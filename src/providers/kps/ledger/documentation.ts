import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** What the documentation says, and what the server does. This emulator follows the server, except where `differs` says otherwise. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour: '1. documentation: `active` is required on create; server: it is ignored and may be missing',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > a body is accepted that %s',
  },
  {
    behaviour: '2. documentation: create answers UserApiTokenCreated, no status said; server: 200',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > answers with id, tenant, user and token in this order, and a newline',
  },
  {
    behaviour: '3. documentation: nothing on a limit; server: two a user: 400',
    evidence: 'server source',
    differs: 'the number is a setting of the world',
    test: 'keys/create-token.test.ts > refuses a third, and says so',
  },
  {
    behaviour: '4. documentation: nothing on an expiry; server: there is none',
    evidence: 'server source',
    test: 'auth.test.ts > of the API never expires',
  },
  {
    behaviour: '5. documentation: delete is "for the current user"; server: 200 with an empty id where nothing matched',
    evidence: 'server source',
    test: 'keys/delete-token.test.ts > an id that nobody has gives an empty id',
  },
  {
    behaviour:
      '6. documentation: update "must be current user or infra admin"; server: judged by the `userId` of the body: 400, not 403; 200 where nothing matched',
    evidence: 'server source',
    test: 'keys/update-token.test.ts > an id %s is echoed, and nothing changes',
  },
  {
    behaviour: '7. documentation: UserApiToken has six fields; server: seven: `tenantId` too',
    evidence: 'server source',
    test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
  },
  {
    behaviour: '8. documentation: `id` and times are optional; server: always there; never used is year 1',
    evidence: 'server source',
    test: 'keys/list-tokens.test.ts > shows an infra admin the tokens of all users',
  },
  {
    behaviour: '9. documentation: `active` is required on update; server: missing disables the token',
    evidence: 'server source',
    differs: 'the log warns',
    test: 'keys/update-token.test.ts > an active that is %s means false: the token is disabled',
  },
  {
    behaviour: '10. documentation: errors have an `errorCode`; server: the 401 has none',
    evidence: 'server source',
    test: 'auth.test.ts > that is missing is refused on every operation, and so is a token anywhere else',
  },
  {
    behaviour:
      '11. documentation: the token is "from login API response"; server: API tokens work as well, on these operations too',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > an API token may create another',
  },
  {
    behaviour: '12. documentation: the token is not stored; server: the audit log kept it for a week',
    evidence: 'server source',
    differs: 'stored as a hash alone, never logged',
    test: 'forged-tokens.test.ts > neither a token nor a password is stored',
  },
  {
    behaviour: '13. documentation: paths are relative to `//localhost/`; server: meaningless: it was https://karbon.nutanix.com',
    evidence: 'server source',
    differs: 'served at `/v1.0/…` of every base',
    test: 'wire/routing.test.ts > every way in leads to the same tokens: root, prefix, host name, real host name, own port',
  },
  {
    behaviour:
      '14. documentation: GET and DELETE have no content type; server: the client sends that of JSON, without a body: accepted',
    evidence: 'client-proven',
    test: 'wire/recorded-client.test.ts > deletes with a JSON content type, without a body and without a Content-Length',
  },
  {
    behaviour: '15. documentation: the example sets a key without a prefix; server: that is a 401',
    evidence: 'server source',
    differs: "set `api_key_prefix['Authorization'] = 'Bearer'`",
    test: 'wire/recorded-client.test.ts > configured with a key but no prefix sends the bare token, and is refused',
  },
  {
    behaviour: '16. documentation: nothing on the order of lists; server: none is guaranteed',
    evidence: 'assumed',
    differs: 'by creation, then by id',
    test: 'keys/list-tokens.test.ts > separates tokens by a comma at the start of the next line, the oldest first',
  },
  {
    behaviour: '17. documentation: nothing on when `usedAt` is written; server: a little later',
    evidence: 'server source',
    differs: 'before the answer: the call that lists shows itself',
    test: 'keys/list-tokens.test.ts > lists one token a line, with all seven fields in wire order; the call itself counts as a use',
  },
  {
    behaviour: '18. documentation: nothing on `usedAt` in the body of create; server: it is stored',
    evidence: 'server source',
    differs: 'it is ignored',
    test: 'keys/create-token.test.ts > nothing in the body decides what is stored',
  },
  {
    behaviour: '19. documentation: nothing on unknown paths and methods; server: HTML, and 405 in plain text',
    evidence: 'inferred',
    differs: 'JSON, 404 and 405 with `Allow`',
    test: 'wire/routing.test.ts > is a JSON 405 with the methods it has, without a credential: %s %s',
  },
  {
    behaviour: '20. documentation: nothing on `//v1.0/…`; server: redirected',
    evidence: 'inferred',
    differs: 'served at once',
    test: 'wire/routing.test.ts > at the front or inside is overlooked',
  },
  {
    behaviour: '21. documentation: nothing on long bodies; server: cut at 1 MiB, so that they are malformed',
    evidence: 'server source',
    test: 'keys/create-token.test.ts > a body is refused that %s, and nothing is stored',
  },
  {
    behaviour: '22. documentation: nothing on a lock of the log-in; server: three failures, 30 minutes, 403',
    evidence: 'server source',
    differs: 'a setting of the world; it can be turned off',
    test: 'accounts/sessions/login-lock.test.ts > the fourth attempt is refused with 403, even with the right password',
  },
  {
    behaviour: '23. documentation: nothing on the signing secret; server: one a deployment',
    evidence: 'server source',
    differs: 'a setting of the world, fixed and visibly fake unless a seed file has another',
    test: 'keys/token-format.test.ts > the signing secret is a setting of the world',
  },
  {
    behaviour: "24. documentation: nothing on the texts of 20481; server: those of Go's decoder",
    evidence: 'inferred',
    test: 'accounts/sessions/login.test.ts > a body that is no credential is answered with the text of the parser (%#)',
  },
  {
    behaviour:
      'users: documentation: `password` is the SHA-256 hash of the password; server: the password itself goes in, its bcrypt hash comes out, masked',
    evidence: 'server source',
    test: 'accounts/users/list-users.test.ts > shows neither a password nor what is stored of it',
  },
  {
    behaviour: 'users: documentation: email, name and password are required on update; server: the e-mail alone',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > what the body leaves out stays, but for the e-mail, which it must have',
  },
  {
    behaviour: 'exchange: documentation: LoginTokenV1 adds the claims of its body; server: none',
    evidence: 'server source',
    test: 'accounts/sessions/exchange.test.ts > nothing in the body comes into the token: %s',
  },
]);
