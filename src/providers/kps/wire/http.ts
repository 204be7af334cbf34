import { randomUUID } from 'node:crypto';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { readBodiesCut } from '../../../http/bodies.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { streamSerializers } from './serializers.ts';

/** Sets up how every route reads bodies and writes answers and `X-Request-ID`. FIDELITY: Bytes and headers, Bodies. */
export function prepare(scope: ProviderScope): void {
  readBodiesCut(scope);
  scope.setValidatorCompiler(acceptEverything);
  scope.setSerializerCompiler(streamSerializers());
  scope.addHook('onRequest', (request, reply, done) => {
    const isGiven = request.headers['x-request-id'] !== undefined;
    const [given = ''] = (isGiven && request.raw.headersDistinct['x-request-id']) || [];
    reply.header('x-request-id', given === '' ? randomUUID() : given);
    done();
  });
}

/** The schemas of requests are only documentation: the Go decoder decides what the real server accepts (bodies.ts). */
const acceptEverything: FastifySchemaCompiler<TSchema> = () => () => true;

/** Collapses the doubled slashes that clients send whose configured host ends in a slash. FIDELITY: Routing. */
export function collapseSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}
