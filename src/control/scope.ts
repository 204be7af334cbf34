import type { FastifyRequest } from 'fastify';
import type { VirtualClock } from '../clock.ts';
import type { KeyService } from '../core/key-service.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { SeedCredential } from '../http/seed-format.ts';
import type { TypedScope } from '../http/typed-scope.ts';

/** The control plane's part of the app. */
export type ControlScope = TypedScope;

/** What the control plane may do to a world. */
export interface ControlledWorld {
  readonly clock: VirtualClock;
  readonly store: { readonly keys: KeyStore };
  keys(provider: string): KeyService;
  reset(extent: 'everything' | 'bootstrap'): Promise<void>;
  credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>>;
}

/** What the control plane needs to know of a provider: nothing of its wire. */
export interface ControlledProvider {
  readonly name: string;
  readonly info: { readonly title: string };
  normalizeSecret?(presented: string): string;
}

export interface ControlParts {
  readonly providers: readonly ControlledProvider[];
  readonly version: string;
  worldOf(request: FastifyRequest): ControlledWorld;
}
