import { effect } from '@preact/signals';
import type { Fault } from '../../../client/types.ts';
import { stopwatchMs } from '../../state/instants.ts';
import { faults } from '../../state/store.ts';

/** When the page saw each fault first, by its stopwatch. It may have been there before, so that what is left of it is at most as much. */
const firstSeen = new Map<string, number>();

effect(() => {
  const there = new Set(faults.value.map(identityOf));
  for (const identity of firstSeen.keys()) if (!there.has(identity)) firstSeen.delete(identity);
  for (const identity of there) if (!firstSeen.has(identity)) firstSeen.set(identity, stopwatchMs());
});

/** When the page saw a fault first. */
export function seenAtMs(fault: Fault): number {
  return firstSeen.get(identityOf(fault)) ?? stopwatchMs();
}

/** Ids begin anew in a latchkey that is started again: another fault of the same id is another one. */
function identityOf({ id, match, effect: done, ttlMs }: Fault): string {
  return JSON.stringify([id, match, done, ttlMs]);
}

/** How long a fault still lasts, in real time, if it has been there for at least `ageMs`. */
export function lastsInWords(ttlMs: number | undefined, ageMs: number): string {
  if (ttlMs === undefined) return '–';
  const leftSeconds = Math.ceil((ttlMs - ageMs) / 1000);
  if (leftSeconds <= 0) return 'over';
  if (leftSeconds < 120) return `at most ${leftSeconds} s`;
  const minutes = Math.ceil(leftSeconds / 60);
  return minutes < 120 ? `at most ${minutes} min` : `at most ${Math.ceil(minutes / 60)} h`;
}
