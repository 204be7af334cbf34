import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { parseDurationMs } from '../../formats/duration.ts';
import { defineEffect } from '../effect.ts';
import { waitProblem } from '../real-time.ts';
import { bytesOf, isSendable, lengthOf, type Sendable } from '../sendable.ts';

const pieces = 10;

export const slowBody = defineEffect({
  name: 'slowBody',
  properties: {
    slowBody: Type.Optional(
      Type.String({ description: 'Sends the body in ten pieces over this time, in real time', examples: ['2s'] }),
    ),
  },

  problemOf: ({ slowBody }) => waitProblem('slowBody', slowBody),

  onSend({ slowBody = '0s' }, payload, { reply }) {
    if (!isSendable(payload)) return payload;
    const length = lengthOf(payload);
    if (length !== undefined) reply.header('content-length', String(length));
    return Readable.from(slowly(payload, (parseDurationMs(slowBody) ?? 0) / pieces));
  },
});

async function* slowly(payload: Sendable, pauseMs: number): AsyncGenerator<Buffer> {
  const bytes = await bytesOf(payload);
  const cut = (piece: number) => Math.floor((bytes.length * piece) / pieces);
  for (let piece = 0; piece < pieces; piece++) {
    await sleep(pauseMs, undefined, { ref: false });
    yield bytes.subarray(cut(piece), cut(piece + 1));
  }
}
