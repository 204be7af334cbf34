import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Forward } from './http/unimplemented.ts';

/** Lets replies be taken from other servers. To be imported where there is one: it is large. */
export async function registerForwarding(app: FastifyInstance): Promise<void> {
  await app.register(replyFrom, {
    // Node's own client: undici would cost more at the start than the rest of this.
    http: {},
    disableRequestLogging: true,
    retryMethods: [],
  });
}

/**
 * Hands requests on to the user's own mock, below its base URL, as they came: what is not emulated is for it to answer. It is
 * told whose key it was. Its answers pass unchanged; where it cannot be reached the answer is 502.
 */
export function forwardTo(base: string, provider: string): Forward {
  const root = base.replace(/\/$/, '');
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // Unread so far: the body goes on as it comes.
    request.body = ['GET', 'HEAD'].includes(request.method) ? undefined : request.raw;
    return reply.from(root + request.url.slice(provider.length + 1), {
      retryDelay: () => null,
      rewriteRequestHeaders: (_request, headers) => ({ ...headers, ...identityOf(request) }),
      onError: (failed, { error }) => {
        request.log.warn({ provider, err: error }, 'the upstream cannot be reached');
        failed.code(502).send({
          error: { code: 'upstream_unreachable', message: `The upstream of ${provider} cannot be reached.`, details: null },
        });
      },
    });
  };
}

/** Whose request it is, for a mock that wants to know. Absent on paths that need no key. */
function identityOf({ apiKey }: FastifyRequest): Record<string, string> {
  if (apiKey === undefined) return {};
  const { id, tenant, owner } = apiKey;
  return { 'x-latchkey-key': id, 'x-latchkey-tenant': encodeURIComponent(tenant), 'x-latchkey-owner': encodeURIComponent(owner) };
}
