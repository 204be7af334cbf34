import type { VirtualClock } from '../clock.ts';
import type { WorldStore } from '../core/world-store.ts';
import type { Entry } from '../journal/entry.ts';
import type { JournalBounds } from '../journal/journal.ts';
import type { Provider } from '../provider/provider.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { Seeds } from './seeds.ts';
import type { SharedWorld } from './sharing.ts';
import type { WorldMaker } from './world-maker.ts';

/** What a world, a `W`, is made of. */
export interface WorldParts<W = unknown> {
  readonly name: string;
  readonly clock: VirtualClock;
  /** Where several processes serve it; its store and the real time of its clock are of that then. If omitted: it is of this process alone. */
  readonly sharing?: SharedWorld | undefined;
  /** The seed of worlds without one of their own; if omitted: `seeds`. */
  commonSeeds?(): Seeds;
  /** Called once another process is known to have dropped it. */
  onGone?(world: W): void;
  /** Closed with the world. */
  readonly store: WorldStore;
  readonly providers: readonly Provider[];
  readonly seeds: Seeds;
  /** Called with every request that is recorded. */
  onRequest?(world: W, entry: Entry): void;
  /** How much its journal keeps. */
  readonly journal?: JournalBounds;
  /** Who made it: its first request, a call of the control plane, a client of the library. If omitted: it was there before. */
  readonly madeBy?: WorldMaker | undefined;
  /** Whether it has a seed of its own. */
  readonly hasOwnSeed?: boolean;
  /** The secrets of all worlds. If omitted: of this one alone. */
  readonly secrets?: KnownSecrets;
}
