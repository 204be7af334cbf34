/** A parsed query: a parameter that is repeated has a list of values. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values of a parameter, in order; an empty list when it is absent. */
export function valuesOf(query: Query, name: string): readonly string[] {
  return [query[name] ?? []].flat();
}

/** The value of a parameter that is given exactly once. The real server ignores one that is repeated. */
export function onlyValue(query: Query, name: string): string | undefined {
  const [value, ...more] = valuesOf(query, name);
  return more.length === 0 ? value : undefined;
}

/** The whole number in a parameter that is given exactly once, as Go's `strconv.Atoi` reads it; undefined for any other text. */
export function onlyInteger(query: Query, name: string): number | undefined {
  const value = onlyValue(query, name) ?? '';
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
