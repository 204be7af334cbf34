import type { ApiKey } from '../core/api-key.ts';
import type { EmulatorError, ErrorCode } from '../core/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What was decided about this request so far. */
    trace: Trace;
  }
}

/**
 * What was decided about a request, noted while it is answered so that it can be explained afterwards. It lives no longer
 * than the request: whoever keeps something of it leaves the secret out.
 */
export class Trace {
  /** What the provider read as the credential; undefined where it read none. */
  secret: string | undefined = undefined;
  /** The key that the secret belongs to, be it accepted or not. */
  key: ApiKey | undefined = undefined;
  /** Whether that key was accepted. */
  isAuthenticated = false;
  /** What the route demands of a key, in the provider's words, and whether that was granted; undefined: it was not asked. */
  isPermitted: boolean | undefined = undefined;
  /** The core's word for the error that was answered with; null for a provider's own. */
  code: ErrorCode | null = null;
  /** What the operation itself found missing, in the provider's words. */
  missing: string | null = null;

  /** Notes an error that is answered with, in whatever words. */
  note({ code, detail }: EmulatorError): void {
    this.code = code;
    this.missing = detail !== null && 'required' in detail ? detail.required : null;
  }
}
