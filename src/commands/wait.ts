import { setTimeout as pause } from 'node:timers/promises';
import { stopwatchMs } from '../clock.ts';

const pollMs = 50;

/** Waits until a latchkey answers that it is healthy; false when it has not by then. */
export async function waitUntilHealthy(url: string, timeoutMs: number): Promise<boolean> {
  const until = stopwatchMs() + timeoutMs;
  for (;;) {
    if (await isHealthy(url)) return true;
    if (stopwatchMs() >= until) return false;
    await pause(pollMs);
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_latchkey/health`, { signal: AbortSignal.timeout(2000) });
    const { status }: { readonly status?: string } = JSON.parse(await answer.text());
    return answer.ok && status === 'ok';
  } catch {
    return false;
  }
}
