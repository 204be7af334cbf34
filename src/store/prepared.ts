/**
 * A parameter in a condition. SQLite plans a statement again for each new value of a bare `?`, at five times the cost of
 * running it, but not for one within an expression.
 */
export const bound = '? COLLATE BINARY';

/** Prepares a statement for each condition on its first use and keeps it: preparing costs more than running most of them. */
export function preparedBy<S>(prepare: (condition: string) => S): (condition: string) => S {
  const kept = new Map<string, S>();
  return (condition) => {
    const known = kept.get(condition);
    if (known !== undefined) return known;
    const statement = prepare(condition);
    kept.set(condition, statement);
    return statement;
  };
}
