import type { Operation } from '../provider/operations.ts';

/** Two providers that claim the same path at the root of the shared port. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError';
}

interface Claim {
  readonly provider: string;
  readonly path: string;
}

/** Which paths at the root of the shared port belong to which provider: each with everything below it, `/` alone. */
export class Claims {
  /** By the first segment of the path: a path can only lie below a claim with the same one. */
  readonly #bySegment = new Map<string, Claim[]>();

  /** Adds the paths that a provider owns. Throws OwnershipError if another provider owns one of them, or a part of it. */
  add(provider: string, paths: readonly string[]): void {
    for (const path of paths) {
      const claims = this.#at(path);
      const other = claims.find((claim) => claim.provider !== provider && overlaps(claim.path, path));
      if (other !== undefined) throw new OwnershipError(`the providers ${other.provider} and ${provider} both own ${path}`);
      if (!claims.some((claim) => owns(claim.path, path)))
        this.#bySegment.set(firstSegment(path), [...claims, { provider, path }]);
    }
  }

  /** Adds the paths of a provider's operations: each up to its first parameter. */
  addOperations(provider: string, operations: readonly Pick<Operation, 'path'>[]): void {
    const roots = operations.map(({ path }) => rootOf(path)).filter((path) => path !== undefined);
    this.add(provider, [...new Set(roots)]);
  }

  /** The provider that owns a path. */
  ownerOf(path: string): string | undefined {
    return this.#at(path).find((claim) => owns(claim.path, path))?.provider;
  }

  #at(path: string): readonly Claim[] {
    return this.#bySegment.get(firstSegment(path)) ?? [];
  }
}

/** The first segment of a path; empty for the root. */
export function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end === -1 ? path.slice(1) : path.slice(1, end);
}

/** Whether a path is another one, or lies below it. */
export function isBelow(path: string, root: string): boolean {
  return path.startsWith(root) && (path.length === root.length || path[root.length] === '/');
}

/**
 * The part of an operation's path before its first parameter. Undefined for `/`, which many providers answer and one may claim
 * (`owns`), and for a path that begins with a parameter: any provider could own that.
 */
function rootOf(path: string): string | undefined {
  const [literal = ''] = path.split('{', 1);
  const root = literal === path ? path : literal.slice(0, literal.lastIndexOf('/'));
  return root.replace(/\/+$/, '') || undefined;
}

function owns(claimed: string, path: string): boolean {
  return claimed === '/' ? path === '/' : isBelow(path, claimed);
}

function overlaps(one: string, other: string): boolean {
  return owns(one, other) || owns(other, one);
}
