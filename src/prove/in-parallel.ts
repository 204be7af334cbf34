/**
 * Does something with each of some things, so many at a time, and returns what came of it, in their order. After an error
 * nothing more is begun; what was begun is waited for, and the error is thrown.
 */
export async function inParallel<T, R>(
  things: readonly T[],
  atATime: number,
  act: (thing: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const errors: unknown[] = [];
  const queue = things.entries();
  const work = async () => {
    for (const [index, thing] of queue) {
      if (errors.length > 0) return;
      try {
        results.set(index, await act(thing));
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, things.length) }, work));
  if (errors.length > 0) throw errors[0];
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
