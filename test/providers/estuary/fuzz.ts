import type { FuzzTarget } from '../fuzz-target.ts';
import { inviteCode } from './accounts.ts';
import { admin, alice, aliceToken, bob, bobToken, tokenHash } from './estuary.ts';

/** The errors that handlers of the real server answer with 500. */
const handlerErrors = [
  /^time: (?:invalid duration|missing unit in duration|unknown unit .* in duration) /,
  /^invalid perm(?:s$|: )/,
  /^json: error calling MarshalJSON for type time\.Time: /,
  /^UNIQUE constraint failed: (?:invite_codes\.code|auth_tokens\.token_hash)$/,
];

export const target: FuzzTarget = {
  credentials: [{ authorization: bob }, { authorization: alice }, { authorization: admin }],
  words: [
    aliceToken,
    bobToken,
    tokenHash(aliceToken),
    tokenHash(bobToken),
    `${aliceToken}/`,
    aliceToken.toLowerCase(),
    inviteCode,
    'alice',
    'ALICE',
    'alice-password-hash',
    'false',
    'upload',
    'all',
    'upload,all',
    '300h',
    '1.5h',
    '-1h5m',
    '1d',
    '+5m',
    '2562047h47m16.854775807s',
    '9223372036854775808ns',
    '0',
    '%2B5m',
    'a/b',
    'Bearer',
    'undefined',
  ],
  bodies: [
    { username: 'alice', passwordHash: 'alice-password-hash' },
    { username: 'carol', passwordHash: 'carol-hash', inviteCode },
    { newPasswordHash: 'new-hash' },
    { username: 'alice', token: aliceToken },
    { expiry: false },
    'http://localhost:3004',
    null,
    [],
  ],
  isKnownFailure(status, body) {
    if (status !== 500) return false;
    const details: unknown = JSON.parse(body).error?.details;
    return typeof details === 'string' && handlerErrors.some((known) => known.test(details));
  },
};
