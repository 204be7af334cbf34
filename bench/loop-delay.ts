/** Loaded into a measured server with `--import`: answers each message with the longest turn of its loop since the last one, in ms. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const nanosecondsPerMs = 1e6;
const turns = monitorEventLoopDelay({ resolution: 1 });
turns.enable();
process.on('message', () => {
  const longest = turns.max / nanosecondsPerMs;
  turns.reset();
  process.send?.(longest);
});
// The server ends as it does without this.
process.channel?.unref();
