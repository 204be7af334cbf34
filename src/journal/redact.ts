import type { SecretFacts } from '../http/provider.ts';

/** More of a body than this is not kept. */
export const keptCharacters = 64 * 1024;
/** JWTs are the longest. */
const longestSecret = 2048;

/** Takes secrets out of what is kept of a provider's requests. */
export interface Redactor {
  /** A secret as it may be shown. */
  hint(secret: string): string;
  /** A text without its secrets; `secret` is one that is known to be looked for. Cut where it is long. */
  text(text: string, secret: string | undefined): string;
}

/** Makes the redactor of a provider from what is known of its secrets: their shape, and the fields that carry them. */
export function redactorOf({ pattern, fields, passwords, hint }: SecretFacts): Redactor {
  const names = [...fields, ...passwords].join('|');
  const carried = new RegExp(`"(${names})"(\\s*:\\s*)"((?:[^"\\\\]|\\\\.)*)"`, 'gi');
  const isPassword = new Set(passwords.map((name) => name.toLowerCase()));
  const shown = (secret: string): string => `${hint(secret).slice(0, secret.length >> 1)}…`;
  return {
    hint: shown,
    text(text, secret) {
      const isLong = text.length > keptCharacters;
      const kept = isLong ? text.slice(0, keptCharacters) : text;
      const isThere = secret !== undefined && secret !== '' && kept.includes(secret);
      const redacted = (isThere ? kept.replaceAll(secret, shown(secret)) : kept)
        .replace(pattern, shown)
        .replace(carried, (_, name: string, colon: string, value: string) => {
          const isHidden = value.endsWith('…');
          const instead = isPassword.has(name.toLowerCase()) || value === '' ? '…' : isHidden ? value : shown(value);
          return `"${name}"${colon}"${instead}"`;
        });
      // Where the text was cut there may be the beginning of a secret, which no shape tells any more.
      return isLong ? `${redacted.slice(0, -longestSecret)}…` : redacted;
    },
  };
}
