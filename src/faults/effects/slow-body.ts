import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { parseDurationMs } from '../../formats/duration.ts';
import type { Hit } from '../hit.ts';
import { bytesOf, isSendable, lengthOf, type Sendable } from './bytes.ts';
import { isDelay } from './delay.ts';

const pieces = 10;

export const properties = {
  slowBody: Type.Optional(
    Type.String({ description: 'Sends the body in ten pieces over so long, in real time', examples: ['2s'] }),
  ),
};

interface SlowEffect {
  readonly slowBody?: string;
}

export function refuse({ slowBody }: SlowEffect): string | undefined {
  return slowBody === undefined || isDelay(slowBody) ? undefined : `slowBody ${JSON.stringify(slowBody)} is no duration up to 5m`;
}

export function onSend({ slowBody }: SlowEffect, payload: unknown, { reply }: Hit): unknown {
  if (slowBody === undefined || !isSendable(payload)) return payload;
  const length = lengthOf(payload);
  if (length !== undefined) reply.header('content-length', String(length));
  return Readable.from(slowly(payload, (parseDurationMs(slowBody) ?? 0) / pieces));
}

async function* slowly(payload: Sendable, pauseMs: number): AsyncGenerator<Buffer> {
  const bytes = await bytesOf(payload);
  const cut = (piece: number) => Math.floor((bytes.length * piece) / pieces);
  for (let piece = 0; piece < pieces; piece++) {
    await sleep(pauseMs, undefined, { ref: false });
    yield bytes.subarray(cut(piece), cut(piece + 1));
  }
}
