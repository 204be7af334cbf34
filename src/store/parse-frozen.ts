/** Most keys have no grants or attributes of their own: those need no parsing. */
const noEntries = Object.freeze({});

/** Parses JSON that this store has written, and freezes all of it: what is remembered must not change. */
export function parseFrozen(json: string): ReturnType<typeof JSON.parse> {
  return json === '{}' ? noEntries : frozen(JSON.parse(json));
}

// Not as a reviver of JSON.parse: that takes five times as long.
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
