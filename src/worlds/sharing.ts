import type { Clock, ClockState, Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { ProviderRecords, WorldStore } from '../core/world-store.ts';
import type { StoredFaults } from '../faults/stored.ts';
import type { SharedJournal } from '../journal/shared-journal.ts';
import type { SeedExtent } from '../provider/seed/format.ts';
import type { Seeds } from './seeds.ts';

/**
 * What a world holds beside its keys and resources, as every process that serves it sees it. Plain data: it is stored as JSON.
 */
export interface WorldState {
  readonly clock: ClockState;
  readonly faults: StoredFaults;
  readonly mark: string | null;
  /** How much of the seed it was filled with last. */
  readonly extent: SeedExtent;
  /** The sections of a seed of its own, by name; null without one. */
  readonly seed: Readonly<Record<string, unknown>> | null;
}

/** What took the place of everything in a world. */
export type ReplacedBy = 'seed' | 'empty' | 'snapshot';

/** Everything of a world that is made, or that takes the place of what it held. */
export interface Filling {
  readonly records: readonly ProviderRecords[];
  /** The instant of the seeding. */
  readonly now: Instant;
  readonly state: WorldState;
}

/** Is told what happened to a world, once this process holds it, and before anybody can read it. Nothing here may wait. */
export interface Follower {
  /** Another process issued or changed a key. */
  keyChanged(before: ApiKey | undefined, after: ApiKey): void;
  /** This process or another one changed the state. */
  stateChanged(state: WorldState): void;
  /** This process or another one replaced everything. */
  replaced(by: ReplacedBy, state: WorldState): void;
}

/**
 * A world that several processes serve. Each holds a copy of it, which is no older than what was answered anywhere before `enter` was
 * called. A change is made in one place, and answered once that place has it.
 */
export interface SharedWorld {
  /** Its keys and resources: read from the copy, changed in the place. `seed` is not for this kind of world: `fill` is. */
  readonly store: WorldStore;
  /** Real time, the same for all processes. */
  readonly real: Clock;
  /** Its requests, whichever process has answered them. */
  readonly journal: SharedJournal;
  /** To be called once, before `open`. */
  follow(follower: Follower): void;
  /**
   * Reads the world, or makes it of what `fresh` gives where there is none; true if this call made it. Tells the follower of the state.
   * Throws StorageError.
   */
  open(fresh: () => Promise<Filling>): Promise<boolean>;
  /**
   * Resolves once this process holds everything that was answered anywhere before this call. Throws StorageError, and
   * WorldGoneError once another process has dropped the world.
   */
  enter(): Promise<void>;
  /**
   * Changes the state. `decide` must be pure: it is given the state as it is and real time, and gives the new one and what to
   * return; the same state means no change. What it throws passes through. Throws as `enter` does.
   */
  change<R>(decide: (state: WorldState, realNow: Instant) => readonly [WorldState, R]): Promise<R>;
  /** Replaces everything, in one step. Throws as `enter` does. */
  fill(by: ReplacedBy, filling: Filling): Promise<void>;
  /** Forgets the copy. The world itself stays. */
  close(): void;
}

/** The world was dropped, perhaps by another process. To a request that began before that, its provider is unavailable. */
export class WorldGoneError extends EmulatorError<'unavailable'> {
  constructor(message = 'the world was dropped') {
    super('unavailable', null, { cause: message });
  }
}

/** A process that serves the worlds. */
export interface ServingProcess {
  /** No other one that lives has it. */
  readonly number: number;
  readonly version: string;
  /** When it was started, in real time. */
  readonly since: Instant;
  /** Whether it is this one. */
  readonly isThis: boolean;
}

/** The worlds that several processes serve. */
export interface SharedWorlds {
  /** A world by its name, which is read or made by `open`. */
  world(name: string): SharedWorld;
  /** The names of all worlds, in alphabetical order. Throws StorageError. */
  names(): Promise<readonly string[]>;
  /** Removes a world; false if there is none. Throws StorageError. */
  drop(name: string): Promise<boolean>;
  /** Why no world can be served now, in one sentence; undefined if they can. */
  problem(): Promise<string | undefined>;
  /** To be called when this process has another seed than it was started with: those that start are to have the same. */
  reseeded(seeds: Seeds): Promise<void>;
  /** The processes that live, in the order of their numbers. Throws StorageError. */
  processes(): Promise<readonly ServingProcess[]>;
  /**
   * Writes what only this process has: the requests that it has answered, and uses of keys. To be called when it answers no more, and
   * before its worlds are closed. Throws StorageError.
   */
  leave(): Promise<void>;
  /** Leaves, if it has not left, and disconnects. */
  close(): Promise<void>;
}
