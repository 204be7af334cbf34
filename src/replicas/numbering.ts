import type { Clock } from '../clock.ts';
import { idsPerMs } from '../store/postgres/journals.ts';
import { mostMembers } from '../store/postgres/members.ts';

/** How many ids a process has in a millisecond. */
const idsAtOnce = idsPerMs / mostMembers;

/**
 * Numbers the journal entries of this process: in the order of real time over all processes, to the millisecond, and never as another
 * process does, whose number is part of it.
 */
export class Numbering {
  readonly #real: Clock;
  #number = 0;
  #ms = 0;
  #used = 0;

  constructor(real: Clock) {
    this.#real = real;
  }

  /** The number of this process among those that live. */
  set number(number: number) {
    if (number === this.#number) return;
    this.#number = number;
    // Ids grow within a process too, whatever number it had before.
    this.#ms += 1;
    this.#used = 0;
  }

  next(): number {
    const now = this.#real.now();
    if (now > this.#ms) {
      this.#ms = now;
      this.#used = 0;
    } else if (this.#used === idsAtOnce) {
      // Borrowed from the next one. Real time may also have been set back.
      this.#ms += 1;
      this.#used = 0;
    }
    this.#used += 1;
    return this.#ms * idsPerMs + this.#number * idsAtOnce + this.#used - 1;
  }
}
