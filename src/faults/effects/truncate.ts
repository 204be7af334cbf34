import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { type Transport, transportOf } from '../../http/transport.ts';
import type { Hit } from '../hit.ts';
import { isSendable, lengthOf, piecesOf, type Sendable } from './bytes.ts';

export const properties = {
  truncate: Type.Optional(
    Type.Literal(true, {
      description: 'Sends half of the body, then breaks the connection; an answer without a body stays whole',
    }),
  ),
};

/** Half of a body under the length of all of it. */
export function onSend({ truncate }: { readonly truncate?: true }, payload: unknown, { request, reply }: Hit): unknown {
  if (truncate === undefined || !isSendable(payload)) return payload;
  const length = lengthOf(payload) ?? Number(reply.getHeader('content-length'));
  if (length > 0) reply.header('content-length', String(length));
  return Readable.from(halfOf(payload, length, transportOf(request.raw)));
}

/** Where nobody knows the length, as of some other server's answer, it is half of the first piece. */
async function* halfOf(payload: Sendable, length: number, transport: Transport): AsyncGenerator<Buffer> {
  let left = Number.isNaN(length) ? undefined : length >> 1;
  for await (const piece of piecesOf(payload)) {
    left ??= piece.length >> 1;
    yield piece.subarray(0, left);
    left -= Math.min(piece.length, left);
    if (left === 0) break;
  }
  // The half has to be on its way before the connection is broken.
  await new Promise((resolve) => setImmediate(resolve));
  transport.breakOff();
}
