import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import type { Provider } from '../provider/provider.ts';

/** A request that a fault hits. */
export interface Hit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Provider;
  /** The key of its credential, be it accepted or not. */
  readonly key: ApiKey | undefined;
}
