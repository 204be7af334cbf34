/** Parses JSON that this store has written, and freezes all of it: what is remembered must not change. */
export function parseFrozen<T>(json: string): T {
  const value: T = JSON.parse(json, (_name, inner: unknown) => (typeof inner === 'object' ? Object.freeze(inner) : inner));
  return value;
}
