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
export function addTlsRoutes(scope: ControlScope, { https, worldUrlOf }: ControlParts): void {
  scope.get(
    '/tls',
    { schema: { operationId: 'getTls', tags: ['World'], summary: 'Where https is served', response: answers(Tls) } },
    async (request) => {
      const { url, ca } = served(https());
      const secure = new URL(worldUrlOf(request, request.world.name));
      secure.protocol = 'https:';
      secure.port = new URL(url).port;
      return { url: secure.href.replace(/\/$/, ''), ca };
    },
  );

  scope.get('/ca.pem', { schema: { hide: true } }, async (_request, reply) => {
    const { ca } = served(https());
    if (ca === null)
      throw new ControlError(404, 'tls_is_yours', 'latchkey was given its certificate: trust the authority that issued it.');
    return reply.type('application/x-pem-file').send(ca);
  });
}

function served(https: Https | undefined): Https {
  if (https === undefined)
    throw new ControlError(404, 'tls_is_off', 'https is not served: start latchkey with --tls self-signed.');
  return https;
}
