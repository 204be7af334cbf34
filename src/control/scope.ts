import type { FastifyRequest } from 'fastify';
import type { VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyService } from '../core/key-service.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { Operation } from '../http/operations.ts';
import type { Emulation } from '../http/provider.ts';
import type { SeedCredential } from '../http/seed-format.ts';
import type { TypedScope } from '../http/typed-scope.ts';

/** The control plane's part of the app. */
export type ControlScope = TypedScope;

/** What the control plane may do to a world. */
export interface ControlledWorld {
  readonly clock: VirtualClock;
  readonly store: { readonly keys: KeyStore };
  keys(provider: string): KeyService;
  resources(provider: string): ResourceStore;
  reset(extent: 'everything' | 'bootstrap'): Promise<void>;
  /** Issues a key that is described as in a seed. Throws SeedError, or key_name_taken. */
  addKey(provider: string, description: unknown): Promise<{ readonly key: ApiKey; readonly credential: SeedCredential }>;
  credentials(): Promise<ReadonlyMap<string, readonly SeedCredential[]>>;
}

/** What the control plane needs to know of a provider: nothing of its wire. */
export type ControlledProvider = Pick<
  Emulation,
  'name' | 'profile' | 'profiles' | 'info' | 'unimplemented' | 'loadLedger' | 'normalizeSecret' | 'auditTrail'
>;

export interface ControlParts {
  readonly providers: readonly ControlledProvider[];
  readonly version: string;
  /** A provider's operations, as its routes have them. */
  operationsOf(provider: string): readonly Operation[];
  worldOf(request: FastifyRequest): ControlledWorld;
}
