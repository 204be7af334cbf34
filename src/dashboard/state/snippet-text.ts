/** A snippet with what it leaves open: the base URL and the secret. */
export function filledIn(code: string, base: string, secret: string): string {
  return code.replaceAll('{{base}}', () => base).replaceAll('{{secret}}', () => secret);
}
