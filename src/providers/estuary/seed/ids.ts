/** Gives every element without an id the next one: counted up from the highest that is given. */
export function numbered<T extends { readonly id?: number }>(list: readonly T[]): readonly (T & { readonly id: number })[] {
  let lastId = Math.max(0, ...list.map(({ id = 0 }) => id));
  return list.map((element) => {
    lastId += element.id === undefined ? 1 : 0;
    return { ...element, id: element.id ?? lastId };
  });
}
