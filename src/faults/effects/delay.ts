import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { parseDurationMs } from '../../formats/duration.ts';
import { defineEffect } from '../effect.ts';
import { waitProblem } from '../real-time.ts';

export const delay = defineEffect({
  name: 'delay',
  properties: {
    delay: Type.Optional(
      Type.String({ description: 'Waits this long, in real time, before anything else', examples: ['250ms'] }),
    ),
  },

  problemOf: ({ delay }) => waitProblem('delay', delay),

  async onRequest({ delay = '0s' }) {
    await sleep(parseDurationMs(delay) ?? 0, undefined, { ref: false });
  },
});
