import { signal } from '@preact/signals';
import type { ClockReading, Key } from '../../client/types.ts';
import { call } from './calls.ts';
import { type Coming, comings } from './coming.ts';
import { isoOf } from './instants.ts';
import { takeClock } from './loading.ts';
import { now } from './now.ts';

/** The instants before the moves that this page made, the last one at the end. */
export const earlier = signal<readonly number[]>([]);

/** What the last move brought about, where that surprises. */
export const told = signal('');

/** Freezes the clock, or lets it run. */
export async function holdClock(frozen: boolean): Promise<void> {
  takeClock(await call<ClockReading>('POST', frozen ? 'clock/freeze' : 'clock/resume'));
}

/** Moves the clock by a duration, `1h` say. */
export function advanceBy(by: string): Promise<void> {
  return moved(() => call<ClockReading>('POST', 'clock/advance', { by }));
}

/** Sets the clock to an instant; frozen or not, as it was, unless it says so. */
export function setClock(atMs: number, frozen?: boolean): Promise<void> {
  return moved(() => call<ClockReading>('PUT', 'clock', { now: isoOf(atMs), ...(frozen !== undefined && { frozen }) }));
}

/** Sets the clock to what was typed: the server reads it. */
export function setClockTo(text: string): Promise<void> {
  return moved(() => call<ClockReading>('PUT', 'clock', { now: text }));
}

/** Freezes the clock at a key's last moment, or just after. */
export function goToExpiry({ id }: Pick<Key, 'id'>, offset: '0s' | '1ms'): Promise<void> {
  return moved(() => call<ClockReading>('POST', 'clock/edge', { key: id, event: 'expiry', offset }));
}

/** Freezes the clock at what comes, or just after. */
export function goToEvent({ event, key, atMs }: Coming, offset: '0s' | '1ms'): Promise<void> {
  return event === 'expiry' ? goToExpiry(key, offset) : setClock(atMs + (offset === '0s' ? 0 : 1), true);
}

/** Goes back to the instant before this page's last move. Keys that expired meanwhile are accepted again. */
export async function goBack(): Promise<void> {
  const before = earlier.value.at(-1);
  if (before === undefined) return;
  const from = now.value ?? before;
  takeClock(await call<ClockReading>('PUT', 'clock', { now: isoOf(before) }));
  earlier.value = earlier.value.slice(0, -1);
  const revived = comings.value.filter(({ atMs }) => atMs >= before && atMs < from).length;
  told.value = revived === 0 ? '' : `moved back: ${revived === 1 ? '1 key is' : `${revived} keys are`} accepted again`;
}

async function moved(move: () => Promise<ClockReading>): Promise<void> {
  const before = now.value;
  takeClock(await move());
  told.value = '';
  if (before !== null) earlier.value = [...earlier.value.slice(-99), before];
}
