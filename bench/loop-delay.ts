/**
 * Loaded into a measured server with `--import`: answers each message, after it has collected garbage if that is asked for, with the processor time, in ms, of the longest turn of its
 * loop since the last one. Time in which another process had the core does not count.
 */
const microsecondsPerMs = 1000;
let longest = 0;
let before = process.threadCpuUsage();
// A timer fires once in a turn: what was used since it last fired was used in one turn, or in several short ones.
setInterval(() => {
  const now = process.threadCpuUsage();
  longest = Math.max(longest, now.user + now.system - before.user - before.system);
  before = now;
}, 1).unref();

process.on('message', (asked) => {
  if (asked === 'collect') globalThis.gc?.();
  process.send?.(longest / microsecondsPerMs);
  longest = 0;
});
// The server ends as it does without this.
process.channel?.unref();
