import { Type } from 'typebox';
import { Nullable } from '../provider/schemas.ts';
import { ControlError } from './errors.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope, Https } from './scope.ts';

const Tls = Type.Object({
  url: Type.String({ description: 'Where this world answers to https' }),
  ca: Nullable(Type.String({ description: 'The certificate to trust, as PEM; null where latchkey was given one' })),
});

/** Where https is served, and what a client has to trust for it. */
export function addTls(scope: ControlScope, { https, worldOf, worldUrlOf }: ControlParts): void {
  scope.get(
    '/tls',
    { schema: { operationId: 'getTls', tags: ['World'], summary: 'https', response: answers(Tls) } },
    async (request) => {
      const { url, ca } = served(https());
      const secure = new URL(worldUrlOf(request, worldOf(request).name));
      secure.protocol = 'https:';
      secure.port = new URL(url).port;
      return { url: secure.href.replace(/\/$/, ''), ca };
    },
  );

  scope.get('/ca.pem', { schema: { hide: true } }, async (_request, reply) => {
    const { ca } = served(https());
    if (ca === null) throw new ControlError(404, 'tls_is_yours', 'latchkey was given its certificate: trust what issued that.');
    return reply.type('application/x-pem-file').send(ca);
  });
}

function served(https: Https | undefined): Https {
  if (https === undefined)
    throw new ControlError(404, 'tls_is_off', 'https is not served: start latchkey with --tls self-signed.');
  return https;
}
