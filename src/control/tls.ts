import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Nullable } from '../provider/schemas.ts';
import { ControlError } from './errors.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope, Https } from './scope.ts';

export const Tls = Type.Object({
  url: Type.String({ description: 'The base URL of this world over https' }),
  ca: Nullable(Type.String({ description: 'The certificate to trust, as PEM; null if latchkey was given its certificate' })),
});

/** Where https is served, and the certificate that a client has to trust for it. */
export function addTlsRoutes(scope: ControlScope, parts: ControlParts): void {
  const { https } = parts;
  scope.get(
    '/tls',
    { schema: { operationId: 'getTls', tags: ['World'], summary: 'Where https is served', response: answers(Tls) } },
    async (request) => {
      const { url, ca } = served(https());
      return { url: secureUrlOf(request, request.world.name, parts) ?? url, ca };
    },
  );

  scope.get('/ca.pem', { schema: { hide: true } }, async (_request, reply) => {
    const { ca } = served(https());
    if (ca === null)
      throw new ControlError(404, 'tls_is_yours', 'latchkey was given its certificate: trust the authority that issued it.');
    return reply.type('application/x-pem-file').send(ca);
  });
}

/** The base URL of a world over https, by the name that the request came to; undefined if https is not served. */
export function secureUrlOf(request: FastifyRequest, world: string, { https, worldUrlOf }: ControlParts): string | undefined {
  const served = https();
  if (served === undefined) return undefined;
  const plain = worldUrlOf(request, world);
  if (!URL.canParse(plain)) return served.url;
  const secure = new URL(plain);
  secure.protocol = 'https:';
  secure.port = new URL(served.url).port;
  return secure.href.replace(/\/$/, '');
}

function served(https: Https | undefined): Https {
  if (https === undefined)
    throw new ControlError(404, 'tls_is_off', 'https is not served: start latchkey with --tls self-signed.');
  return https;
}
