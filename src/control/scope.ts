import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { VirtualClock } from '../clock.ts';
import type { KeyService } from '../core/key-service.ts';
import type { KeyStore } from '../core/key-store.ts';

/** A Fastify scope whose schemas type its handlers. */
export type ControlScope = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A credential of the seed, as the control plane shows it. */
export interface ShownCredential {
  readonly name: string;
  readonly secret: string | null;
  readonly header: { readonly name: string; readonly value: string } | null;
  readonly login?: Readonly<Record<string, string>>;
  readonly description: string;
}

/** What the control plane may do to a world. */
export interface ControlledWorld {
  readonly clock: VirtualClock;
  readonly store: { readonly keys: KeyStore };
  keys(provider: string): KeyService;
  reset(extent: 'everything' | 'bootstrap'): Promise<void>;
  credentials(): Promise<ReadonlyMap<string, readonly ShownCredential[]>>;
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
