import { randomUUID } from 'node:crypto';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { readBodiesCut } from '../../../http/bodies.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import { streamSerializers } from './serializers.ts';

/** How this server reads and writes, whatever the route. FIDELITY: Bytes and headers, Bodies. */
export function prepare(scope: ProviderScope): void {
  readBodiesCut(scope);
  scope.setValidatorCompiler(acceptEverything);
  scope.setSerializerCompiler(streamSerializers());
  scope.addHook('onRequest', (request, reply, done) => {
    const [given = ''] = request.raw.headersDistinct['x-request-id'] ?? [];
    reply.header('x-request-id', given === '' ? randomUUID() : given);
    done();
  });
}

/** The schemas of requests are documentation: what the real server accepts is decided by its Go decoder (bodies.ts). */
const acceptEverything: FastifySchemaCompiler<TSchema> = () => () => true;

/** Doubled slashes, which a client with a slash at the end of its host sends, count as one. */
export function collapseSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}
