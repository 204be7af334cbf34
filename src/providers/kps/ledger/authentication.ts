import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = about('Authentication', [
  {
    behaviour:
      '`Authorization: Bearer <token>`: a case-sensitive scheme, one or more blanks, and the token is all the rest; neither cookie nor query is read',
    evidence: 'server source',
    test: 'auth.test.ts > that is missing is refused on every operation, even with the token in the query and a cookie',
  },
  {
    behaviour: 'every failure gets the same 401, without `errorCode` and without `WWW-Authenticate`',
    evidence: 'server source',
    test: 'auth.test.ts > that %s is refused',
  },
  {
    behaviour: 'the credential is checked before the body: a bad token with a bad body is a 401',
    evidence: 'server source',
    test: 'auth.test.ts > comes before the body: a bad token with a bad body is a 401',
  },
  {
    behaviour: 'a token is accepted if it is, to the byte, one that was issued and is neither disabled nor deleted nor expired',
    evidence: 'server source',
    differs:
      'found by the hash of the whole token; the real server checks the signature and the times of the JWT, and for API tokens the row that `tokenId` names. The look-up is stricter: it accepts only issued tokens, not everything with the right signature, so the signature need not be checked as well',
    test: 'forged-tokens.test.ts > that is signed with the right secret but was never issued',
  },
  {
    behaviour: 'tokens with `alg: none`, another secret, altered claims or swapped parts are refused',
    evidence: 'server source',
    test: 'forged-tokens.test.ts > whose claims name %s under the old signature',
  },
  {
    behaviour: 'a JWT signed with the right secret by HS512, or with another base64url spelling, is accepted',
    evidence: 'inferred',
    differs:
      'refused; the real server accepts any HMAC for a token that expires within 30 minutes, and its library ignores the last bits of a signature',
    test: 'forged-tokens.test.ts > that differs from an issued one in a character that decodes to the same signature',
  },
  {
    behaviour: 'a new signing secret invalidates every token',
    evidence: 'server source',
    differs: 'issued tokens still work: the secret of a world only signs new ones',
    test: 'forged-tokens.test.ts > an issued token still works after the signing secret changes',
  },
  {
    behaviour: 'RSA and ECDSA tokens of users with a public key, trial tokens and device tokens are accepted',
    evidence: 'server source',
    differs: 'not emulated: refused like any token that was not issued',
    test: 'forged-tokens.test.ts > that is signed with an RSA or an ECDSA key',
  },
  {
    behaviour: "the user is looked up by the token's e-mail at each call: the present role and e-mail count, not the claims",
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > a new role acts at once, on existing tokens too',
  },
  {
    behaviour: 'a token is refused while no user has its e-mail, and accepted again when its user does',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > after a change of e-mail, log-ins need the new one and tokens with the old one are refused',
  },
  {
    behaviour: 'a token acts as the user who now has its e-mail',
    evidence: 'server source',
    differs:
      'refused unless it is its own user; the real server lets it act as the other one or, in another tenant, by its old claims',
    test: 'auth.test.ts > does not act as another user who now has its e-mail',
  },
  {
    behaviour: '`nbf` is 2015-10-10T12:00:00Z: no token works before it',
    evidence: 'server source',
    test: 'auth.test.ts > is not valid before its nbf, 2015-10-10T12:00:00Z',
  },
  {
    behaviour: '`usedAt` moves with each authenticated call, whatever the answer; `updatedAt` does not',
    evidence: 'server source',
    differs: 'written before the answer; the real server writes it a little later, and only for API tokens',
    test: 'auth.test.ts > moves usedAt, whatever the operation then answers, but not updatedAt',
  },
  {
    behaviour: 'an attempt with an inactive token does not move `usedAt`',
    evidence: 'server source',
    test: 'auth.test.ts > that fails because the token is inactive does not move usedAt',
  },
  {
    behaviour: 'every role, hidden ones included, may call every route except the creation of tenants, which is a 401',
    evidence: 'server source',
    differs: 'the creation of tenants is a 501',
    test: 'keys/roles.test.ts > %s is not an infra admin, and its tokens say %s',
  },
]);
