import type { Instant } from '../clock.ts';
import { actsOnChanges, actsOnRequests, replacesAnswer } from './effects/index.ts';
import type { Fault, FaultTerms } from './fault.ts';

/** More faults would slow every request down. */
export const mostFaults = 1000;

/** A fault as several processes share it: it ends at an instant of real time. */
export type StoredFault = Fault;

/**
 * The faults of a world, and every rule about them: which are there, which hit, which have ended. Plain data, never changed: what
 * several processes share is decided by the same functions as what one has for itself, whose faults end by its stopwatch.
 */
export interface StoredFaults {
  /** The number of the last one that was added. */
  readonly last: number;
  /** The oldest first. */
  readonly list: readonly StoredFault[];
}

export const noFaults: StoredFaults = { last: 0, list: [] };

/** Whether a fault has hit as often as it should. */
export function isSpent({ times, hits }: Pick<Fault, 'times' | 'hits'>): boolean {
  return times !== null && hits >= times;
}

/** Whether a fault is over. One that delays changes continues to do so, however often it has hit. */
export function hasEnded(fault: Fault, now: Instant): boolean {
  return now >= fault.endsAt || (isSpent(fault) && !actsOnChanges(fault.effect));
}

/** Whether a fault counts the requests that match it. */
export function countsRequests(fault: Fault): boolean {
  return actsOnRequests(fault.effect) && !isSpent(fault);
}

/** Without those that have ended; the same object if none has. */
export function unended(stored: StoredFaults, now: Instant): StoredFaults {
  if (!stored.list.some((fault) => hasEnded(fault, now))) return stored;
  return { ...stored, list: stored.list.filter((fault) => !hasEnded(fault, now)) };
}

/** With a further fault, which is undefined if there are `mostFaults` already. */
export function withAdded(
  stored: StoredFaults,
  terms: FaultTerms,
  now: Instant,
): readonly [StoredFaults, StoredFault | undefined] {
  const { last, list } = unended(stored, now);
  if (list.length >= mostFaults) return [stored, undefined];
  const fault: StoredFault = { ...terms, id: `f${last + 1}`, seen: 0, hits: 0, endsAt: now + terms.ttlMs };
  return [{ last: last + 1, list: [...list, fault] }, fault];
}

/** Without the fault with an id, or with null without any; and those that were removed. */
export function without(stored: StoredFaults, id: string | null, now: Instant): readonly [StoredFaults, readonly StoredFault[]] {
  const { last, list } = unended(stored, now);
  const removed = list.filter((fault) => id === null || fault.id === id);
  return removed.length === 0 ? [stored, removed] : [{ last, list: list.filter((fault) => !removed.includes(fault)) }, removed];
}

/**
 * Counts a request that the faults with these ids match. Gives the ids of those that hit it, in the order in which they act. A
 * request gets one answer: of several that would answer it, only the first one hits, and the others wait for the next request.
 * Those that it has spent are still in the list, so that whoever reads it can see their last hit.
 */
export function struck(stored: StoredFaults, ids: readonly string[], now: Instant): readonly [StoredFaults, readonly string[]] {
  const matching = new Set(ids);
  const counting = new Set(unended(stored, now).list.filter((fault) => matching.has(fault.id) && countsRequests(fault)));
  if (counting.size === 0) return [stored, []];
  const due = [...counting].filter(({ seen, skip }) => seen + 1 > skip);
  const others = due.filter(({ effect }) => !replacesAnswer(effect));
  const answering = due.find(({ effect }) => replacesAnswer(effect));
  const hitting = new Set(answering === undefined ? others : [...others, answering]);
  const counted = (fault: StoredFault) => {
    if (!counting.has(fault)) return fault;
    return { ...fault, seen: fault.seen + 1, hits: fault.hits + (hitting.has(fault) ? 1 : 0) };
  };
  return [{ ...stored, list: stored.list.map(counted) }, [...hitting].map(({ id }) => id)];
}
