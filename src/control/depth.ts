/** Whether lists and objects are nested more than `levels` deep in what JSON was parsed to. It does not recurse. */
export function isDeeperThan(levels: number, parsed: unknown): boolean {
  let nested = [parsed].filter(isNesting);
  for (let depth = 1; depth <= levels && nested.length > 0; depth++) nested = nested.flatMap(Object.values).filter(isNesting);
  return nested.length > 0;
}

function isNesting(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
