import { type Clock, type Instant, stopwatchMs, systemClock } from '../clock.ts';

/**
 * Real time as the database has it, so that no clock of a process decides anything: what a look showed, and what has passed since
 * then. Never later than the database's own.
 */
export class RealTime implements Clock {
  #seen: { readonly now: Instant; readonly atMs: number } | undefined;

  now(): Instant {
    if (this.#seen === undefined) return systemClock.now();
    return Math.floor(this.#seen.now + stopwatchMs() - this.#seen.atMs);
  }

  saw(now: Instant): void {
    this.#seen = { now, atMs: stopwatchMs() };
  }
}
