import type { VirtualClock } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { WorldStore } from '../core/world-store.ts';
import type { Faults } from '../faults/faults.ts';
import type { Journal } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedExtent } from '../provider/seed/format.ts';
import { contentRules } from './content-rules.ts';
import type { CurrentContents } from './current-contents.ts';
import type { EventLog } from './events.ts';
import type { ExpiryWatch } from './expiry-watch.ts';
import { sownOf, startOf, tellingGone } from './following.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { Seeding, Sown } from './seeding.ts';
import type { Seeds } from './seeds.ts';
import type { Follower, ReplacedBy, SharedWorld, WorldState } from './sharing.ts';

/** The parts of a world that begin anew when what it holds is replaced. */
interface Filled {
  readonly clock: VirtualClock;
  readonly store: WorldStore;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly events: EventLog;
  readonly secrets: KnownSecrets;
  readonly isClosed: boolean;
  mark: string | null;
}

/** What else a world is filled with. */
interface RefillsParts {
  readonly providers: readonly Provider[];
  readonly seeding: Seeding;
  readonly current: CurrentContents;
  readonly expiries: ExpiryWatch;
  readonly sharing: SharedWorld | undefined;
  /** The seed of worlds without one of their own. */
  commonSeeds(): Seeds;
  /** Called if another process is found to have dropped the world. */
  gone(): void;
}

/** Fills a world: when it is made, and whenever something else takes the place of everything that it holds. */
export class Refills {
  readonly #world: Filled;
  readonly #parts: RefillsParts;
  #isMovingClock = false;

  constructor(world: Filled, parts: RefillsParts) {
    this.#world = world;
    this.#parts = parts;
    parts.sharing?.follow(this.#follower(parts.sharing));
  }

  /** Whether the clock is just being put to where the world begins: that is told as a reset, or not at all. */
  get isMovingClock(): boolean {
    return this.#isMovingClock;
  }

  /** Seeds the providers that were never seeded. Throws SeedError and DatabaseError. */
  async seedHere(): Promise<void> {
    const { store, clock, secrets } = this.#world;
    const { providers, seeding, current } = this.#parts;
    await store.check(contentRules(providers));
    const seeded = store.seededProviders();
    const fresh = providers.filter((provider) => !seeded.has(provider.name));
    // The start setting, as in a reset: the clock may have run for some milliseconds already.
    const now = clock.startsAt();
    if (fresh.length > 0) store.seed(await seeding.recordsFor(fresh, now), now, false);
    secrets.expect(current.now);
  }

  /** Reads a world that several processes serve, or makes it; true if it was made by this call. Throws SeedError and StorageError. */
  async open(sharing: SharedWorld): Promise<boolean> {
    const { seeding, current, expiries } = this.#parts;
    const { sown } = seeding;
    const now = this.#world.clock.startsAt();
    const fresh = async () => {
      const records = await seeding.records(sown, 'everything', now);
      return { records, now, state: startOf(this.#world, { sown }) };
    };
    this.#isMovingClock = true;
    const isMade = await sharing.open(fresh);
    this.#isMovingClock = false;
    current.readSecrets();
    // What expired before is not told again.
    expiries.restart();
    return isMade;
  }

  /** Makes the records of a reset, and returns what puts them into place. Throws SeedError. */
  async prepared(extent: SeedExtent, sown: Sown): Promise<(mark?: string | null) => MaybePromise<void>> {
    const { clock, store, secrets } = this.#world;
    const { seeding, current, sharing, gone } = this.#parts;
    const now = clock.startsAt();
    const records = await seeding.records(sown, extent, now);
    await secrets.keep(current.now);
    const by = extent === 'everything' ? 'seed' : 'empty';
    return (mark = null) => {
      // The world may have been dropped meanwhile.
      if (this.#world.isClosed) return undefined;
      if (sharing !== undefined) {
        const state = startOf(this.#world, { sown, extent, mark });
        return tellingGone(sharing.fill(by, { records, now, state }), gone);
      }
      secrets.keepNow(current.now);
      // No request may see the new keys with the old clock, so nothing is awaited here.
      store.seed(records, now, true);
      this.replaced(by, () => clock.reset());
      this.#world.mark = mark;
      return seeding.filled(sown, extent);
    };
  }

  /** Call this once everything in the store was replaced. */
  replaced(by: ReplacedBy, putClock: () => void = () => undefined): void {
    const { clock, faults, journal, events } = this.#world;
    this.#parts.current.replace();
    this.#isMovingClock = true;
    putClock();
    this.#isMovingClock = false;
    this.#parts.expiries.restart();
    if (by !== 'snapshot') {
      faults.clear();
      journal.clear();
    }
    events.emit('reset', clock.now(), () => ({ to: by }));
  }

  #follower({ real }: SharedWorld): Follower {
    const world = this.#world;
    const { current, seeding, commonSeeds } = this.#parts;
    const take = ({ clock, faults, mark, seed, extent }: WorldState) => {
      world.clock.adopt(clock);
      world.faults.adopt(faults, real.now());
      world.mark = mark;
      seeding.filled(sownOf(seed, commonSeeds), extent);
    };
    return {
      keyChanged: (before, after) => current.now.keyChangedElsewhere(before, after),
      stateChanged: take,
      replaced: (by, state) => {
        // A snapshot leaves the clock as it is: that somebody moved it before is told.
        this.replaced(by, by === 'snapshot' ? undefined : () => world.clock.adopt(state.clock));
        current.readSecrets();
        take(state);
      },
    };
  }
}
