import type { FastifyRequest } from 'fastify';
import type { Gate } from '../http/gate.ts';
import type { RequestCounts } from '../metrics/request-counts.ts';
import type { Operation } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import type { TypedScope } from '../provider/typed-scope.ts';
import type { SharedWorlds } from '../worlds/sharing.ts';
import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { Admission } from './guard.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is the same in every world, so that a call below `/~name` does not make one. */
    isAboutNoWorld?: true;
  }
}

/** The control plane's part of the app. */
export type ControlScope = TypedScope;

/** How https is served alongside http. */
export interface Https {
  readonly url: string;
  /** The certificate that clients have to trust, as PEM; null if the user brought one. */
  readonly ca: string | null;
}

/** What the control plane works with. It knows nothing of any provider's wire. */
export interface ControlParts extends Admission {
  readonly providers: readonly Provider[];
  readonly version: string;
  readonly worlds: Worlds;
  /** Where other processes serve the worlds too; undefined: there are none. */
  readonly sharing?: Pick<SharedWorlds, 'processes'> | undefined;
  readonly counts: RequestCounts;
  /** Decides where the truth is a refusal; what it says of itself is shown. */
  readonly gate: Gate;
  /**
   * Reads the seed file again, and resets the worlds without a seed of their own to it, and this one; returns their names. Throws
   * SeedFileError. Undefined if there is no such file.
   */
  readonly reseed?: ((also: World) => Promise<readonly string[]>) | undefined;
  /** Why it should be sent no further requests; undefined: it is ready. */
  readiness(): Promise<string | undefined>;
  /** How https is served alongside http; undefined if it is not. */
  https(): Https | undefined;
  /** A provider's operations, in the order of its routes. */
  operationsOf(provider: string): readonly Operation[];
  /** The base URL at which a provider answers in the request's world, by the host that the request came by. */
  baseUrlOf(request: FastifyRequest, provider: string): string;
  /** The base URL of a world, by the host that the request came by. */
  worldUrlOf(request: FastifyRequest, world: string): string;
}
