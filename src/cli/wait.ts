import { setTimeout as pause } from 'node:timers/promises';
import { stopwatchMs } from '../clock.ts';
import { parseDurationMs } from '../formats/duration.ts';
import { CommandError, defineCommand } from './command.ts';
import { reachingOptions } from './reaching/driving.ts';
import { problemAt, unreadinessAt } from './reaching/healthy.ts';
import { urlOf } from './reaching/place.ts';

const pollMs = 50;

export const command = defineCommand({
  options: { ...reachingOptions, timeout: { type: 'string', default: '30s', description: 'how long to wait before giving up' } },
  async run({ options }) {
    const timeoutMs = parseDurationMs(options.timeout);
    if (timeoutMs === undefined || timeoutMs < 0)
      throw new CommandError(`--timeout must be a duration such as 30s, not ${JSON.stringify(options.timeout)}`);
    const url = urlOf(options);
    const problem = await waitUntilHealthy(url, timeoutMs);
    const data = { url, healthy: problem === undefined, problem: problem ?? null };
    if (problem === undefined) return { data, text: '' };
    return { data, text: '', problems: [`${url} is not healthy: ${problem}`], status: 1 };
  },
});

/** Waits until a latchkey answers that it is healthy and ready. Returns the last problem if it does not do so in time. */
async function waitUntilHealthy(url: string, timeoutMs: number): Promise<string | undefined> {
  const until = stopwatchMs() + timeoutMs;
  for (;;) {
    const problem = (await problemAt(url)) ?? (await unreadinessAt(url));
    if (problem === undefined || stopwatchMs() >= until) return problem;
    await pause(pollMs);
  }
}
