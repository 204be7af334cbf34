import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import type { Provider } from '../provider/provider.ts';

/** A request that is hit by faults. */
export interface Hit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Provider;
  /** The key of its credential, accepted or not, if a fault matches by key or credential. */
  readonly key: ApiKey | undefined;
}
