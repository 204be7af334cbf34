import type { ApiKey } from '../core/api-key.ts';
import type { EmulatorError, ErrorCode } from '../core/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What has been decided about this request so far. */
    trace: Trace;
  }
}

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

  /** Notes the error of the answer, however the provider words it. */
  note({ code, detail }: EmulatorError): void {
    this.code = code;
    this.missing = detail !== null && 'required' in detail ? detail.required : null;
  }
}
