/** Where a page is: below which path latchkey answers, and which world it shows. */
export interface Place {
  /** The base URL of the default world, with a slash at its end: it has the path of a proxy in front. */
  readonly root: string;
  readonly world: string;
}

/** Reads the address of the page, `https://tools/lk/~shop-7/_latchkey/`. */
export function placeOf(base: string): Place {
  const [, root = base, name] = /^(.*?\/)(?:~([^/]+)\/)?_latchkey\/$/.exec(base) ?? [];
  return { root, world: name === undefined ? 'default' : decodeURIComponent(name) };
}

/** The address of the page for a world. */
export function pageOf(root: string, world: string): string {
  return `${root}${world === 'default' ? '' : `~${encodeURIComponent(world)}/`}_latchkey/`;
}
