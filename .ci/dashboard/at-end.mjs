/** What is left to do at the end of each test. */
const left = new WeakMap();

/** Calls `act` at the end of the test `t`, and what was added last first: a page is closed before its server. Every act is done. */
export function atEnd(t, act) {
  const acts = left.get(t) ?? [];
  if (acts.length === 0) {
    left.set(t, acts);
    t.after(async () => {
      const errors = [];
      for (const one of acts.toReversed())
        await Promise.resolve()
          .then(one)
          .catch((error) => errors.push(error));
      if (errors.length > 0) throw errors[0];
    });
  }
  acts.push(act);
}
