import type { Instant } from '../clock.ts';
import { WorldGoneError } from './sharing.ts';
import type { World } from './world.ts';
import { WorldError } from './world-error.ts';
import { defaultName } from './world-files.ts';

/** How often idle worlds are looked for at least. */
const longestSweepMs = 60_000;

/** How often the files of open worlds are looked for: a request that only reads does not look itself. */
const fileCheckMs = 500;

/** What is done for the worlds of one process from time to time. */
interface Upkeep {
  /** Undefined if they have no files. */
  readonly lookForFiles: (() => void) | undefined;
  readonly dropIdle: () => void;
  /** Undefined: none is dropped for being idle. */
  readonly idleMs: number | undefined;
}

/** Returns what ends it. */
export function keepUp({ lookForFiles, dropIdle, idleMs }: Upkeep): () => void {
  const fileCheck = lookForFiles && setInterval(lookForFiles, fileCheckMs).unref();
  const sweepMs = idleMs && Math.min(Math.max(idleMs / 4, 10), longestSweepMs);
  const sweep = idleMs === undefined ? undefined : setInterval(dropIdle, sweepMs).unref();
  return () => {
    clearInterval(sweep);
    clearInterval(fileCheck);
  };
}

/** Whether a world was made by use or by a client, and has not been used for so long, by real time `now`. */
export function isIdle({ name, madeBy, lastUsedAt, events }: World, now: Instant, idleMs: number): boolean {
  const isPassing = name !== defaultName && (madeBy === 'use' || madeBy === 'client');
  return isPassing && !events.isHeard && now - (lastUsedAt ?? now) >= idleMs;
}

/** The worlds of a process, as far as they are asked for by name. */
interface Opening {
  all(): World[];
  opened(name: string): World | undefined;
  open(name: string): Promise<World>;
  forget(world: World): boolean;
}

/** How often a world is looked at that somebody listens to and nobody asks for. */
const listeningMs = 500;

/** Lets those who listen to the events of a world hear what other processes do to it. Returns what ends that. */
export function keepListening(worlds: Opening): () => void {
  const look = () => {
    // What cannot be looked at now is told later.
    for (const { name, events } of worlds.all()) if (events.isHeard) enteredAnywhere(worlds, name).catch(() => undefined);
  };
  const timer = setInterval(look, listeningMs).unref();
  return () => clearInterval(timer);
}

/** A world that other processes serve too, as it is now; undefined if it was dropped meanwhile, or if too many are open already. */
export async function enteredAnywhere(worlds: Opening, name: string): Promise<World | undefined> {
  const open = worlds.opened(name);
  try {
    const world = open ?? (await worlds.open(name));
    await world.enter();
    return world;
  } catch (error) {
    if (error instanceof WorldGoneError && open !== undefined) worlds.forget(open);
    if (error instanceof WorldGoneError || error instanceof WorldError) return undefined;
    throw error;
  }
}
