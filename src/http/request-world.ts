import type { VirtualClock } from '../clock.ts';
import type { KeyService } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The world that this request is about. */
    world: RequestWorld;
    /** When it came, by the stopwatch. */
    startedMs: number;
  }
}

/** What a provider's scope needs of the world of a request. The control plane sees all of it: `control/request-world.ts`. */
export interface RequestWorld {
  readonly clock: VirtualClock;
  /** Whether the world was dropped, or the emulator stopped: a request that began before that finds no database. */
  readonly isClosed: boolean;
  /** A provider's keys. Once a reset or a restore has replaced them, they throw unavailable: a request keeps those that it began with. */
  keys(provider: string): KeyService;
  /** What a provider's keys refer to, likewise. */
  resources(provider: string): ResourceStore;
}
