/**
 * A parameter in a condition. SQLite looks at the value of a bare one while it plans, and plans the statement anew for
 * every other value, at five times the cost of running it; an expression it leaves alone.
 */
export const bound = '? COLLATE BINARY';

/** Makes one statement of each condition, on its first use, and keeps it: preparing costs more than most statements do. */
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
