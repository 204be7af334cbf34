import type { KeyDraft } from '../../../../core/key-service.ts';
import { derivedText } from '../../../../provider/seed/keys.ts';

const jwtShape = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Whether a text has the shape of what the log-in hands out: a JWT. */
export function isIdToken(text: string): boolean {
  return jwtShape.test(text);
}

/**
 * An id token for somebody, always the same for the same words. It says whose it is, and nothing of times, which are the
 * world's to know; what holds is the stored key, so that its signature is only of the true length. FIDELITY: Authentication.
 */
export function deriveIdToken(email: string, ...words: readonly string[]): string {
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iss: 'https://auth.rockset.com/', email },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${derivedText(342, 'id token', email, ...words)}`;
}

/** What every id token has in common: it is a key like any other, listed apart, that no answer shows again. */
export function draftIdToken(secret: string): Pick<KeyDraft, 'secret' | 'hint' | 'kind' | 'attributes'> {
  return { secret, hint: secret.slice(-6), kind: 'session', attributes: { kind: 'id-token' } };
}
