import { hash } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** SHA-256 of a secret in lower-case hex: the form in which keys are looked up. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits from a cryptographic source. */
export const randomAlphanumeric: (length: number) => string = customAlphabet(alphanumerics);
