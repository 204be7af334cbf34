import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { parseDurationMs } from '../../formats/duration.ts';

export const properties = {
  delay: Type.Optional(
    Type.String({ description: 'Waits so long, in real time, before anything else is done', examples: ['250ms'] }),
  ),
};

/** Longer ones would outlive every client. */
export const longestDelayMs = 300_000;

export function refuse({ delay }: { readonly delay?: string }): string | undefined {
  return delay === undefined || isDelay(delay) ? undefined : `delay ${JSON.stringify(delay)} is no duration up to 5m`;
}

export async function onRequest({ delay }: { readonly delay?: string }): Promise<void> {
  if (delay !== undefined) await sleep(parseDurationMs(delay) ?? 0, undefined, { ref: false });
}

/** Whether a text is a duration that a request may be held up for. */
export function isDelay(text: string): boolean {
  const ms = parseDurationMs(text);
  return ms !== undefined && ms >= 0 && ms <= longestDelayMs;
}
