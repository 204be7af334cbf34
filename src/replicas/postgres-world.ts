import type { Instant } from '../clock.ts';
import type { KeptWorld } from '../core/kept-rows.ts';
import type { Replacement } from '../core/world-store.ts';
import type { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import {
  type Filling,
  type Follower,
  type ReplacedBy,
  type SharedWorld,
  WorldGoneError,
  type WorldState,
} from '../worlds/sharing.ts';
import { GatheredJournal, type GatheredJournalParts } from './gathered-journal.ts';
import type { Membership } from './membership.ts';
import type { RealTime } from './real-time.ts';
import { Replica, type ReplicaParts } from './replica.ts';
import { SharedWorldStore } from './shared-world-store.ts';
import { Uses } from './uses.ts';

export interface PostgresWorldParts extends Omit<ReplicaParts, 'copy' | 'useOf'> {
  readonly real: RealTime;
  readonly membership: Membership;
  readonly journals: Omit<GatheredJournalParts, 'worldId'>;
  /** Called when it is closed. */
  onClose(): void;
  /** Makes an empty store in memory. */
  openStore(): SqliteWorldStore;
}

/** A world in a PostgreSQL, of which this process holds a copy. */
export class PostgresWorld implements SharedWorld {
  readonly store: SharedWorldStore;
  readonly real: RealTime;
  readonly journal: GatheredJournal;
  readonly #parts: PostgresWorldParts;
  readonly #copy: SqliteWorldStore;
  readonly #replica: Replica;
  readonly #uses: Uses;

  constructor(parts: PostgresWorldParts) {
    this.#parts = parts;
    this.real = parts.real;
    const copy = parts.openStore();
    this.#copy = copy;
    const replica = new Replica({ ...parts, copy, useOf: (key) => this.#uses.of(key) });
    this.#replica = replica;
    this.journal = new GatheredJournal({ ...parts.journals, worldId: () => replica.id });
    this.#uses = new Uses((uses) => replica.changeContents(async (draft) => draft.use(uses)));
    const restore = (snapshot: Buffer, replacement: Replacement) => this.#restore(snapshot, replacement);
    this.store = new SharedWorldStore({ copy, uses: this.#uses, change: (work) => replica.changeContents(work), restore });
  }

  follow(follower: Follower): void {
    this.#replica.follow({
      keyChanged: (before, after) => follower.keyChanged(before, after),
      stateChanged: (state) => follower.stateChanged(state),
      replaced: (by, state) => {
        // A key of a seed has the same id as before.
        this.#uses.forget();
        follower.replaced(by, state);
      },
    });
  }

  async open(fresh: () => Promise<Filling>): Promise<boolean> {
    if (await this.#replica.open()) return false;
    const filling = await fresh();
    const { name, place } = this.#parts;
    const isMade = await place.make(name, { world: this.#worldOf(filling), state: JSON.stringify(filling.state) });
    if (!(await this.#replica.open())) throw new WorldGoneError();
    return isMade;
  }

  /** The id of the world in the database; 0 before it was opened. */
  get id(): number {
    return this.#replica.id;
  }

  async enter(): Promise<void> {
    // Whoever asks for the journal waits for this process only if it is known to live.
    const { membership } = this.#parts;
    if (!membership.isFresh) await membership.renew();
    return this.#replica.enter();
  }

  change<R>(decide: (state: WorldState, realNow: Instant) => readonly [WorldState, R]): Promise<R> {
    return this.#replica.change(async (draft) => {
      const before: WorldState = JSON.parse(this.#replica.state);
      const [after, result] = decide(before, this.real.now());
      if (after !== before) draft.state = JSON.stringify(after);
      return result;
    });
  }

  fill(by: ReplacedBy, filling: Filling): Promise<void> {
    const world = this.#worldOf(filling);
    const state = JSON.stringify(filling.state);
    this.#uses.forget();
    return this.#replica.replace((place, id) => place.fill(id, by, { world, state }));
  }

  /** Writes what only this process has: the uses that wait, and its requests. Throws StorageError. */
  async flush(): Promise<void> {
    try {
      await Promise.all([this.#uses.flush(), this.journal.write()]);
    } catch (error) {
      // Nobody asks for them any more.
      if (!(error instanceof WorldGoneError)) throw error;
    }
  }

  close(): void {
    this.#parts.onClose();
    this.#copy.close();
  }

  /** What a store holds that was filled so. */
  #worldOf({ records, now }: Pick<Filling, 'records' | 'now'>): KeptWorld {
    const scratch = this.#parts.openStore();
    try {
      scratch.seed(records, now, false);
      return scratch.rows().all();
    } finally {
      scratch.close();
    }
  }

  /** A snapshot is checked and read by a store of its own, whatever was made it. */
  async #restore(snapshot: Buffer, { rules, before }: Replacement): Promise<void> {
    const scratch = this.#parts.openStore();
    try {
      await scratch.restore(snapshot, { rules, before: () => undefined, after: () => undefined });
      const world = scratch.rows().all();
      await before();
      this.#uses.forget();
      await this.#replica.replace((place, id) => place.fill(id, 'snapshot', { world }));
    } finally {
      scratch.close();
    }
  }
}
