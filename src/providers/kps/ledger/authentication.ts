import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const authentication: readonly BehaviourRow[] = about('Authentication', [
  {
    behaviour:
      '`Authorization: Bearer <token>`: the scheme case-sensitive, one or more blanks, the rest is the token; no cookie, no query',
    evidence: 'server source',
    test: 'auth.test.ts > that is missing is refused on every operation, and so is a token anywhere else',
  },
  {
    behaviour: 'every failure is the one 401, without `errorCode` and without `WWW-Authenticate`',
    evidence: 'server source',
    test: 'auth.test.ts > that %s is refused',
  },
  {
    behaviour: 'the credential comes before the body: a bad token with a bad body is a 401',
    evidence: 'server source',
    test: 'auth.test.ts > comes before the body: a bad token with a bad body is a 401',
  },
  {
    behaviour: 'a token is accepted if it was issued, to the byte, and is neither disabled nor deleted nor expired',
    evidence: 'server source',
    differs:
      'found by the hash of the whole token; the real server checks signature and times of the JWT, and for API tokens the row that `tokenId` names. The look-up is stronger: of what a right signature would let in, only what this server gave out gets in, so no signature is checked beside it',
    test: 'forged-tokens.test.ts > that is signed rightly, and was never issued',
  },
  {
    behaviour: '`alg: none`, another secret, altered claims, swapped parts: refused',
    evidence: 'server source',
    test: 'forged-tokens.test.ts > whose claims name %s under the old signature',
  },
  {
    behaviour: 'a JWT signed rightly with HS512, or spelled otherwise in base64url',
    evidence: 'inferred',
    differs:
      'refused; the real server takes any HMAC of a token that expires within 30 minutes, and its library overlooks the last bits of a signature',
    test: 'forged-tokens.test.ts > that is the issued one but for a character that decodes to the same signature',
  },
  {
    behaviour: 'another signing secret ends every token that there is',
    evidence: 'server source',
    differs: 'tokens that were issued work on: the secret of a world signs new ones only',
    test: 'forged-tokens.test.ts > a token that was issued works on under another signing secret: only what was issued counts',
  },
  {
    behaviour: 'RSA and ECDSA tokens of users with a public key, trials, tokens of devices',
    evidence: 'server source',
    differs: 'there are none: each is a token that nobody issued',
    test: 'forged-tokens.test.ts > that is signed with a key of its own, RSA or ECDSA',
  },
  {
    behaviour:
      "the user is looked up by the token's e-mail at each call: role and e-mail count as they are now, the claims do not",
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > a new role acts at once, on the tokens that there are',
  },
  {
    behaviour: 'a token whose e-mail finds nobody is refused, and accepted again when it does',
    evidence: 'server source',
    test: 'accounts/users/update-user.test.ts > a new e-mail is the one to log in with, and the tokens that say the old one are refused',
  },
  {
    behaviour: "a token whose e-mail has become somebody else's",
    evidence: 'server source',
    differs: 'refused; the real server lets it act as that user, or, in another tenant, by its old claims',
    test: 'auth.test.ts > does not act as another user who was given its e-mail',
  },
  {
    behaviour: '`nbf` is 2015-10-10T12:00:00Z: no token works before',
    evidence: 'server source',
    test: 'auth.test.ts > is not valid before its nbf, 2015-10-10T12:00:00Z',
  },
  {
    behaviour: '`usedAt` moves with each authenticated call, whatever it then answers; `updatedAt` does not',
    evidence: 'server source',
    differs: 'before the answer; the real server writes it a little later, and of API tokens alone',
    test: 'auth.test.ts > moves usedAt whatever the operation then answers, and not updatedAt',
  },
  {
    behaviour: 'an attempt with an inactive token does not move `usedAt`',
    evidence: 'server source',
    test: 'auth.test.ts > that fails because the token is inactive does not move usedAt',
  },
  {
    behaviour: 'no role is kept from a route, hidden ones neither, but for the creation of tenants: a 401',
    evidence: 'server source',
    differs: 'tenants are created by nobody: a 501',
    test: 'keys/roles.test.ts > %s is no infra admin, and its tokens say %s',
  },
]);
