import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Hit } from '../hit.ts';

export const properties = {
  truncate: Type.Optional(Type.Literal(true, { description: 'Sends half of the body, then breaks the connection' })),
};

/** Half of a body under the length of all of it. */
export function onSend({ truncate }: { readonly truncate?: true }, payload: unknown, { request, reply }: Hit): unknown {
  if (truncate === undefined || typeof payload !== 'string' || payload === '') return payload;
  const bytes = Buffer.from(payload);
  reply.header('content-length', String(bytes.length));
  return Readable.from(
    (async function* () {
      yield bytes.subarray(0, bytes.length >> 1);
      // The half has to be on its way before the connection is broken.
      await new Promise((resolve) => setImmediate(resolve));
      request.raw.socket.destroy();
    })(),
  );
}
