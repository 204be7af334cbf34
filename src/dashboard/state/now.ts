import { computed, effect, signal } from '@preact/signals';
import { stopwatchMs } from './instants.ts';
import { clock } from './store.ts';

/** What the page's stopwatch said last. It is read only while something moves. */
const read = signal(stopwatchMs());

/** The instant of the world's clock, in milliseconds; null before it was read. */
export const now = computed(() => {
  const reading = clock.value;
  if (reading === null) return null;
  return reading.frozen ? reading.nowMs : reading.nowMs + Math.max(0, read.value - reading.atMs);
});

/** The same in whole seconds, for what has many rows. An instant at which nothing moves is exact: it may be a last moment. */
export const nowInSeconds = computed(() => {
  const at = now.value ?? 0;
  return clock.value?.frozen ? at : Math.floor(at / 1000) * 1000;
});

/** Lets the clock tick on the page. */
export function startTicking(): void {
  effect(() => {
    if (clock.value === null || clock.value.frozen) return;
    read.value = stopwatchMs();
    const timer = setInterval(() => {
      if (!document.hidden) read.value = stopwatchMs();
    }, 250);
    return () => clearInterval(timer);
  });
}
