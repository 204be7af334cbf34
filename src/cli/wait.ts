import { setTimeout as pause } from 'node:timers/promises';
import { stopwatchMs } from '../clock.ts';

const pollMs = 50;

/** Waits until a latchkey answers that it is healthy; gives why it has not, where it has not by then. */
export async function waitUntilHealthy(url: string, timeoutMs: number): Promise<string | undefined> {
  if (!/^https?:/.test(url) || !URL.canParse(url)) return 'this is no http URL';
  const until = stopwatchMs() + timeoutMs;
  for (;;) {
    const problem = await problemAt(url);
    if (problem === undefined || stopwatchMs() >= until) return problem;
    await pause(pollMs);
  }
}

async function problemAt(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/_latchkey/health`, { signal: AbortSignal.timeout(2000) });
    const text = await answer.text();
    return answer.ok && text.includes('"status":"ok"')
      ? undefined
      : `what answers there is no latchkey (status ${answer.status})`;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
}
