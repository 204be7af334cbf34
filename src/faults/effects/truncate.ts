import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { atEndOfTurn } from '../../core/turns.ts';
import { type Transport, transportOf } from '../../http/transport.ts';
import { defineEffect } from '../effect.ts';
import { isSendable, lengthOf, piecesOf, type Sendable } from '../sendable.ts';

export const truncate = defineEffect({
  name: 'truncate',
  properties: {
    truncate: Type.Optional(
      Type.Literal(true, {
        description: 'Sends half of the body, then breaks the connection; an answer without a body stays whole',
      }),
    ),
  },
  answer: 'withheld',

  onSend(_asked, payload, { request, reply }) {
    if (!isSendable(payload)) return payload;
    const length = lengthOf(payload) ?? Number(reply.getHeader('content-length'));
    // The announced length is that of the whole body.
    if (length > 0) reply.header('content-length', String(length));
    return Readable.from(halfOf(payload, length, transportOf(request.raw)));
  },
});

/** Half of a payload; half of its first piece if the length is not known (NaN), as in an answer that another server streams. */
async function* halfOf(payload: Sendable, length: number, transport: Transport): AsyncGenerator<Buffer> {
  let left = Number.isNaN(length) ? undefined : length >> 1;
  for await (const piece of piecesOf(payload)) {
    left ??= piece.length >> 1;
    yield piece.subarray(0, left);
    left -= Math.min(piece.length, left);
    if (left === 0) break;
  }
  // The half must be on its way before the connection breaks.
  await new Promise<void>((resolve) => atEndOfTurn(resolve));
  transport.breakOff();
}
