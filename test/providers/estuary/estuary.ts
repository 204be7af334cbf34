/** Credentials of the built-in seed, as the contract fixes them. */
export const admin = bearer('EST00000000-0000-4000-8000-000000000001ARY');
export const alice = bearer('EST00000000-0000-4000-8000-000000000002ARY');
export const bob = bearer('EST00000000-0000-4000-8000-000000000003ARY');

export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The exact text of an error answer. */
export function estuaryError(code: number, reason: string, details: string): string {
  return `${JSON.stringify({ error: { code, reason, details } })}\n`;
}
