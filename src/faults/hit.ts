import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import type { Emulation } from '../provider/provider.ts';

/** A request that a fault hits. */
export interface Hit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Emulation;
  /** The key of its credential, be it accepted or not. */
  readonly key: ApiKey | undefined;
}
