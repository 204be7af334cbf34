/** A query as it was parsed: a parameter that is repeated has a list. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values of a parameter, in their order; none where it is absent. */
export function valuesOf(query: Query, name: string): readonly string[] {
  return [query[name] ?? []].flat();
}

/** The value of a parameter that stands there exactly once; the real server overlooks it otherwise. */
export function onlyValue(query: Query, name: string): string | undefined {
  const [value, ...more] = valuesOf(query, name);
  return more.length === 0 ? value : undefined;
}

/** The same as a whole number, as Go's `strconv.Atoi` reads it. */
export function onlyInteger(query: Query, name: string): number | undefined {
  const value = onlyValue(query, name) ?? '';
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
