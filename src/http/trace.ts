import type { ApiKey } from '../core/api-key.ts';
import type { EmulatorError, ErrorCode } from '../core/errors.ts';
import type { Decision } from './decision.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What has been decided about this request so far. */
    trace: Trace;
  }
}

/**
 * A right that a request needs. What it is about:
 * - `role`: what the key or its user may do: a level, a scope, an action.
 * - `tenant`: the organisation that the request is about, where that is not in the key.
 * - `owner`: the user whose keys the request is about, where that is not the key's own.
 */
export interface Demand {
  readonly kind: 'role' | 'tenant' | 'owner';
  /** The provider's word for it. */
  readonly required: string;
  /** Whether the key has it. */
  readonly granted: boolean;
}

/** Of a request that nothing has been demanded of: all have this one. */
const noDemands: readonly Demand[] = [];

/**
 * What has been decided about a request, noted while it is answered so that it can be explained afterwards. The secret in it
 * is never shown: the journal keeps it only until it has made its texts without it.
 */
export class Trace {
  /** The secret that the provider read from the request; undefined if it found none. */
  secret: string | undefined = undefined;
  /** The key that the secret belongs to, accepted or not. */
  key: ApiKey | undefined = undefined;
  /** Whether that key was accepted. */
  isAuthenticated = false;
  /** Whether the key has the permission that the route demands; undefined if that was not checked. */
  isPermitted: boolean | undefined = undefined;
  /** The core's code of the error in the answer; null for an error of the provider's own. */
  code: ErrorCode | null = null;
  /** Whether the client closed the connection before there was an answer. */
  isAbandoned = false;
  /** Whether no world could be found or made for it: no provider has seen it then. */
  isWorldless = false;
  /** The permission that the operation found missing, in the provider's words. */
  missing: string | null = null;
  /** What was demanded of the key, in that order. The first that is not granted refused the request. */
  demands: readonly Demand[] = noDemands;
  /** Whether this is no request, but a trial of what would become of one. */
  isTrial = false;
  /** What a mutant decided; undefined as long as everything is as the provider itself has it. */
  decision: Decision | undefined = undefined;

  /** Notes the error of the answer, however the provider words it. */
  note({ code, detail }: EmulatorError): void {
    this.code = code;
    this.missing = detail !== null && 'required' in detail ? detail.required : null;
  }

  /** Notes what was demanded of the key, granted or not. */
  noteDemand(demand: Demand): void {
    this.demands = [...this.demands, demand];
  }
}
