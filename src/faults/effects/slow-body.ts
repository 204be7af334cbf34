import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { parseDurationMs } from '../../formats/duration.ts';
import type { Hit } from '../hit.ts';
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
  if (slowBody === undefined || typeof payload !== 'string' || payload === '') return payload;
  const bytes = Buffer.from(payload);
  const pauseMs = (parseDurationMs(slowBody) ?? 0) / pieces;
  reply.header('content-length', String(bytes.length));
  return Readable.from(
    (async function* () {
      for (let piece = 0; piece < pieces; piece++) {
        await sleep(pauseMs, undefined, { ref: false });
        yield bytes.subarray(Math.floor((bytes.length * piece) / pieces), Math.floor((bytes.length * (piece + 1)) / pieces));
      }
    })(),
  );
}
