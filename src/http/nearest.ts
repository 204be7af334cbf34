import type { Operation } from '../provider/operations.ts';

/** An operation that a request which matched no operation was probably meant for. */
export interface NearestOperation {
  readonly provider: string;
  /** The vendor's operation id. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** How the request differs from it, for a person. */
  readonly why: string;
}

/** A request that matched no operation. */
export interface Missed {
  /** The provider that it was for; null if no provider owns its path. */
  readonly provider: string | null;
  readonly method: string;
  /** Below the base of the provider, or at the root. */
  readonly path: string;
}

/** Finds what a request was probably meant for, the nearest first. */
export type FindNearest = (missed: Missed) => readonly NearestOperation[];

/** An answer shows no more than this. */
const mostNearest = 3;
/** In longer paths no slip is looked for. */
const mostSegments = 32;

interface Candidate {
  readonly provider: string;
  readonly operation: Operation;
  readonly segments: readonly string[];
}

/** How near an operation is; smaller is nearer. */
interface Likeness {
  readonly rank: number;
  readonly why: string;
}

/** Makes the search through all operations. They are asked for once, when the first request has matched none. */
export function nearestAmong(operationsByProvider: () => ReadonlyMap<string, readonly Operation[]>): FindNearest {
  let candidates: readonly Candidate[] | undefined;
  return (missed) => {
    const segments = segmentsOf(missed.path);
    if (segments.length === 0 || segments.length > mostSegments) return [];
    candidates ??= [...operationsByProvider()].flatMap(([provider, operations]) =>
      operations.map((operation) => ({ provider, operation, segments: segmentsOf(operation.path) })),
    );
    return candidates
      .flatMap((candidate) => {
        const likeness = likenessOf(candidate, segments, missed);
        return likeness === undefined ? [] : [{ candidate, ...likeness }];
      })
      .sort((one, other) => one.rank - other.rank)
      .slice(0, mostNearest)
      .map(({ candidate: { provider, operation }, why }) => {
        const { id, method, path } = operation;
        return { provider, operation: id, method, path, why };
      });
  };
}

/** Undefined if they have too little in common. Ranks of one kind are a hundred apart, and within it more literal text is nearer. */
function likenessOf(candidate: Candidate, sent: readonly string[], missed: Missed): Likeness | undefined {
  const { provider, operation, segments } = candidate;
  const found = comparison(segments, sent, operation.method === missed.method);
  if (found === undefined) return undefined;
  const isElsewhere = missed.provider !== null && missed.provider !== provider;
  const rank = found.rank * 100 - literalsIn(segments) * 2 - (operation.method === missed.method ? 1 : 0);
  if (!isElsewhere) return { rank, why: found.why };
  return { rank: rank + 1000, why: `${provider} has it, not ${missed.provider}: ${found.why}` };
}

function comparison(known: readonly string[], sent: readonly string[], isSameMethod: boolean): Likeness | undefined {
  if (literalsIn(known) === 0) return undefined;
  if (fits(known, sent)) return { rank: 1, why: isSameMethod ? 'it has this path' : 'it has this path, by another method' };
  const more = sent.length - known.length;
  if (more > 0 && fits(known, sent.slice(more))) {
    return { rank: 2, why: `did you mean ${textOf(sent.slice(more))}? The base URL ends in ${textOf(sent.slice(0, more))}` };
  }
  const missing = known.slice(0, Math.max(-more, 0));
  if (
    more < 0 &&
    literalsIn(missing) === missing.length &&
    literalsIn(known.slice(-more)) > 0 &&
    fits(known.slice(-more), sent)
  ) {
    return { rank: 3, why: `did you mean ${textOf([...missing, ...sent])}? The base URL lacks ${textOf(missing)}` };
  }
  return more === 0 ? slipped(known, sent) : undefined;
}

/** The likeness of two paths that differ by a slip in one segment, or in the case of several. */
function slipped(known: readonly string[], sent: readonly string[]): Likeness | undefined {
  const pairs = known.map((segment, at) => [segment, sent[at] ?? ''] as const).filter(([one, other]) => !fitsSegment(one, other));
  const isCase = pairs.every(([one, other]) => one.toLowerCase() === other.toLowerCase());
  const [[right, wrong] = ['', '']] = pairs;
  const isSlip = pairs.length === 1 && wrong.length <= 64 && isNear(right, wrong);
  // With nothing else in common, a slip is a guess.
  if (!isCase && !(isSlip && (literalsIn(known) > 1 || right.length > 3))) return undefined;
  return {
    rank: isCase ? 4 : 5,
    why: `did you mean ${textOf(known.map((segment, at) => (fitsSegment(segment, sent[at]) ? (sent[at] ?? '') : segment)))}?`,
  };
}

/** Whether two words differ by one letter too many, too few, wrong or swapped, or one is the beginning of the other. */
function isNear(right: string, written: string): boolean {
  const wrong = written.toLowerCase();
  const word = right.toLowerCase();
  let same = 0;
  while (same < word.length && word[same] === wrong[same]) same += 1;
  if (same >= 3 && (same === word.length || same === wrong.length)) return true;
  const [a, b] = [word.slice(same), wrong.slice(same)];
  return (
    a.slice(1) === b.slice(1) ||
    a === b.slice(1) ||
    a.slice(1) === b ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

function fits(known: readonly string[], sent: readonly string[]): boolean {
  return known.length === sent.length && known.every((segment, index) => fitsSegment(segment, sent[index]));
}

function fitsSegment(known = '', sent = ''): boolean {
  return known === sent || isParameter(known);
}

function isParameter(segment: string): boolean {
  return segment.includes('{');
}

function literalsIn(segments: readonly string[]): number {
  return segments.filter((segment) => !isParameter(segment)).length;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function textOf(segments: readonly string[]): string {
  return `/${segments.join('/')}`;
}
