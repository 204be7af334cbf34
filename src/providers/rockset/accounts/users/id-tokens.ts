import type { KeyDraft } from '../../../../core/key-service.ts';
import { derivedText } from '../../../../provider/seed/keys.ts';

const jwtShape = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Whether a text has the shape of an id token, which is a JWT. */
export function isIdToken(text: string): boolean {
  return jwtShape.test(text);
}

/**
 * An id token for a user, always the same for the same words. It names the user but no times, since those depend on the
 * world's clock. The stored key decides whether it is accepted, so its signature only has the right length.
 * FIDELITY: Authentication.
 */
export function deriveIdToken(email: string, ...words: readonly string[]): string {
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iss: 'https://auth.rockset.com/', email },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${derivedText(342, 'id token', email, ...words)}`;
}

/** The part of a draft that follows from an id token: it is stored as a key of another kind, which no list shows. */
export function draftIdToken(secret: string): Pick<KeyDraft, 'secret' | 'hint' | 'kind' | 'attributes'> {
  return { secret, hint: secret.slice(-6), kind: 'session', attributes: { kind: 'id-token' } };
}
