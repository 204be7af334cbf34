import { type ClockState, type Instant, VirtualClock } from '../clock.ts';
import type { Count, Faults } from '../faults/faults.ts';
import { type StoredFaults, struck, withAdded, without } from '../faults/stored.ts';
import type { SeedExtent } from '../provider/seed/format.ts';
import type { Changes } from './changes.ts';
import type { Sown } from './seeding.ts';
import { type OwnSeeds, type Seeds, sectionsOf, seedsOf } from './seeds.ts';
import { type SharedWorld, WorldGoneError, type WorldState } from './sharing.ts';

/** The changes of a world that several processes serve: each is decided where all of them have it from. */
export interface SharedChanges extends Changes {
  readonly count: Count;
}

/** `gone` is called if a change finds that another process has dropped the world. */
export function sharedChanges(sharing: SharedWorld, gone: () => void): SharedChanges {
  const change = <R>(decide: (state: WorldState, realNow: Instant) => readonly [WorldState, R]) =>
    tellingGone(sharing.change(decide), gone);
  const changeFaults = <R>(decide: (faults: StoredFaults, realNow: Instant) => readonly [StoredFaults, R]) =>
    change((state, realNow) => {
      const [faults, result] = decide(state.faults, realNow);
      return [faults === state.faults ? state : { ...state, faults }, result];
    });
  return {
    moveClock: (move) =>
      change((state, realNow) => {
        const clock = new VirtualClock(undefined, { now: () => realNow });
        clock.adopt(state.clock);
        const reading = move(clock);
        return [isSame(clock.state, state.clock) ? state : { ...state, clock: clock.state }, reading];
      }),
    addFault: (terms) => changeFaults((faults, realNow) => withAdded(faults, terms, realNow)),
    removeFault: async (id) => (await changeFaults((faults, realNow) => without(faults, id, realNow))).length > 0,
    removeFaults: async () => void (await changeFaults((faults, realNow) => without(faults, null, realNow))),
    setMark: (text) => change((state) => [state.mark === text ? state : { ...state, mark: text }, undefined]),
    count: (ids) => changeFaults((faults, realNow) => struck(faults, ids, realNow)),
  };
}

/** Waits for a world that several processes serve; `gone` is called if another process has dropped it. */
export function tellingGone<R>(asked: Promise<R>, gone: () => void): Promise<R> {
  return asked.catch((error: unknown) => {
    if (error instanceof WorldGoneError) gone();
    throw error;
  });
}

/** What a world is filled with. */
interface Start {
  readonly sown: Sown;
  readonly extent?: SeedExtent;
  readonly mark?: string | null;
}

/** The state of a world that is made, or brought back to its start. A number of a fault is not used twice. */
export function startOf(
  { clock, faults }: { readonly clock: VirtualClock; readonly faults: Faults },
  { sown, extent = 'everything', mark = null }: Start,
): WorldState {
  const seed = sown.isOwn && hasSections(sown.seeds) ? Object.fromEntries(sown.seeds.sections) : null;
  return { clock: clock.startState, faults: { last: faults.last, list: [] }, mark, extent, seed };
}

/** The seed that a state names; `common` gives that of the worlds without one of their own. */
export function sownOf(seed: WorldState['seed'], common: () => Seeds): Sown {
  return seed === null ? { seeds: common(), isOwn: false } : { seeds: seedsOf(sectionsOf(seed)), isOwn: true };
}

function hasSections(seeds: Seeds): seeds is OwnSeeds {
  return 'sections' in seeds;
}

function isSame(one: ClockState, other: ClockState): boolean {
  return one.offsetMs === other.offsetMs && one.frozenAt === other.frozenAt;
}
