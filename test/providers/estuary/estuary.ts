import { hash } from 'node:crypto';
import type { TestEmulator } from '../emulator.ts';

/** Tokens of the built-in seed, as the contract fixes them. */
export const adminToken = 'EST00000000-0000-4000-8000-000000000001ARY';
export const aliceToken = 'EST00000000-0000-4000-8000-000000000002ARY';
export const bobToken = 'EST00000000-0000-4000-8000-000000000003ARY';

export const admin = bearer(adminToken);
export const alice = bearer(aliceToken);
export const bob = bearer(bobToken);

/** The shape of every token that the server makes. */
export const tokenShape = /^EST[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}ARY$/;

/** The `details` since v0.1.11 of a header without the prefix, and of one without the token. */
export const bearerIsMissing =
  'Unsupported authorization scheme: Bearer is a required prefix. The Authorization HTTP Header should be in the format "Authorization: Bearer ESTxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxARY".';
export const tokenIsMissing =
  'Invalid Auth: An Invalid API Key was specified. The Authorization HTTP Header should be in the format "Authorization: Bearer ESTxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxARY". You have the Bearer prefix but your API Key is empty or missing.';

export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The exact text of an error answer. */
export function estuaryError(code: number, reason: string, details: string): string {
  return `${JSON.stringify({ error: { code, reason, details } })}\n`;
}

export const unknownToken = estuaryError(401, 'ERR_INVALID_TOKEN', 'api key does not exist');
export const missingCredential = estuaryError(401, 'ERR_AUTH_MISSING', 'no api key was specified');
export const notFound = estuaryError(404, 'Not Found', 'Not Found');
export const methodNotAllowed = estuaryError(405, 'Method Not Allowed', 'Method Not Allowed');
export const uploadOnly = estuaryError(403, 'ERR_NOT_AUTHORIZED', 'api key is upload only');
export const levelTooLow = estuaryError(403, 'ERR_NOT_AUTHORIZED', 'user not authorized');

/** The `tokenHash` of a token: SHA-256 in base64url without padding. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'buffer').toString('base64url');
}

/** A key as the widest version shows it. */
export interface WireKey {
  readonly token: string;
  readonly tokenHash?: string;
  readonly label?: string;
  readonly expiry: string;
  readonly isSession?: boolean;
}

/** Creates a key through the API, as the owner of `by`. */
export async function createKey({ request }: TestEmulator, query = '', by = alice): Promise<WireKey> {
  const { body } = await request.post(`/user/api-keys${query}`).set('Authorization', by).expect(200);
  return body;
}

/** The keys that the API lists for the owner of `by`. */
export async function listKeys({ request }: TestEmulator, by = alice): Promise<WireKey[]> {
  const { body } = await request.get('/user/api-keys').set('Authorization', by).expect(200);
  return body;
}
