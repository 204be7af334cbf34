/** Where the page is: the address of the whole latchkey, and the world in it that the page shows. */
export interface Standing {
  /** What stands before `/~world` or `/_latchkey`, without a slash at its end. */
  readonly root: string;
  readonly world: string;
}

const worldInPath = /^(.*)\/~([^/]+)$/;
const worldInHost = /^[^.]+\.([^.]+)\.localhost$/i;

/** Reads where the page is from the base URL of its world, whose path or host name names the world. */
export function standingOf(worldBase: string): Standing {
  const [, root, inPath] = worldInPath.exec(worldBase) ?? [];
  if (root !== undefined && inPath !== undefined) return { root, world: inPath };
  const [, inHost] = worldInHost.exec(new URL(worldBase).hostname) ?? [];
  return { root: worldBase, world: inHost ?? 'default' };
}

/** The page of a world. The default world has the shortest address, unless the host name already names another. */
export function pageOf({ root }: Standing, world: string): string {
  const isShort = world === 'default' && standingOf(root).world === 'default';
  return `${root}${isShort ? '' : `/~${encodeURIComponent(world)}`}/_latchkey/`;
}
