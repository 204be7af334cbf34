import type { ClockReading, VirtualClock } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { Fault, FaultTerms } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';

/**
 * Changes what a world has beside its keys and resources: at once in a world of this process alone; where several processes serve
 * it, once all of them see it. Those throw StorageError and WorldGoneError.
 */
export interface Changes {
  /** Moves the clock. `move` must do nothing but that; what it throws passes through. */
  moveClock(move: (clock: VirtualClock) => ClockReading): MaybePromise<ClockReading>;
  /** Undefined if there are `mostFaults` faults already. */
  addFault(terms: FaultTerms): MaybePromise<Fault | undefined>;
  /** False for an unknown id. */
  removeFault(id: string): MaybePromise<boolean>;
  removeFaults(): MaybePromise<void>;
  /** What requests are marked with from now on; null: nothing. */
  setMark(text: string | null): MaybePromise<void>;
}

/** What is changed of a world. */
interface Changed {
  readonly clock: VirtualClock;
  readonly faults: Faults;
  mark: string | null;
}

/** The changes of a world of this process alone. */
export function changesHere(world: Changed): Changes {
  return {
    moveClock: (move) => move(world.clock),
    addFault: (terms) => world.faults.add(terms),
    removeFault: (id) => world.faults.remove(id),
    removeFaults: () => world.faults.removeAll(),
    setMark: (text) => {
      world.mark = text;
    },
  };
}
