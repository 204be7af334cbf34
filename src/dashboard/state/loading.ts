import { batch } from '@preact/signals';
import type { AgendaEvent, ClockReading, Fault, JournalEntry, Key } from '../../client/types.ts';
import { call } from './calls.ts';
import { explained } from './explained.ts';
import { msOf, stopwatchMs } from './instants.ts';
import { noLists } from './reduce.ts';
import { agenda, clock, faults, forgotten, type Health, health, isLoaded, keysTotal, lists, serverKeys } from './store.ts';

/** The page holds this many keys; beyond, its filter asks the server. */
export const mostKeys = 10_000;

interface KeysPage {
  readonly keys: readonly Key[];
  readonly total: number;
  readonly cursor: string | null;
}

/** Loads everything that the stream keeps fresh from then on, and what the server says of itself. Throws CallError. */
export async function loadAll(): Promise<void> {
  const [reading, keys, journal, waiting] = await Promise.all([
    call<ClockReading>('GET', 'clock'),
    loadKeys(),
    call<{ readonly requests: readonly JournalEntry[]; readonly forgotten?: number }>('GET', 'requests?limit=1000'),
    call<{ readonly faults: readonly Fault[] }>('GET', 'faults'),
    loadHealth(),
  ]);
  batch(() => {
    takeClock(reading);
    keysTotal.value = keys.total;
    forgotten.value = journal.forgotten ?? 0;
    lists.value = {
      ...noLists,
      keys: new Map(keys.keys.map((key) => [key.id, key])),
      requests: journal.requests,
      faults: waiting.faults,
    };
    isLoaded.value = true;
    // A latchkey that was started again counts its requests anew.
    explained.value = new Map();
  });
}

/** What the server says of itself, even where it refuses all other calls: this one needs no token and no world. */
export async function loadHealth(): Promise<void> {
  health.value = await call<Health>('GET', 'health');
}

/** Loads the faults again: one was added, or is gone. */
export async function loadFaults(): Promise<void> {
  const { faults: waiting } = await call<{ readonly faults: readonly Fault[] }>('GET', 'faults');
  lists.value = { ...lists.value, faults: waiting };
}

/** Loads what is coming where the page cannot tell by itself: beyond the keys that it holds, and while changes are seen late. */
export async function loadAgenda(): Promise<void> {
  const isNeeded = keysTotal.value > mostKeys || faults.value.some(({ effect }) => effect?.propagation !== undefined);
  agenda.value = isNeeded ? (await call<{ readonly events: readonly AgendaEvent[] }>('GET', 'agenda?limit=1000')).events : null;
}

/** Searches all keys on the server, where it has more than the page holds. */
export async function searchKeys(q: string): Promise<void> {
  serverKeys.value =
    q === '' || keysTotal.value <= mostKeys
      ? null
      : (await call<KeysPage>('GET', `keys?limit=1000&q=${encodeURIComponent(q)}`)).keys;
}

/** Notes a reading of the clock, and when it was read. */
export function takeClock({ now, frozen }: ClockReading): void {
  const nowMs = msOf(now);
  if (nowMs !== undefined) clock.value = { nowMs, frozen, atMs: stopwatchMs() };
}

async function loadKeys(): Promise<{ readonly keys: readonly Key[]; readonly total: number }> {
  const keys: Key[] = [];
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: KeysPage = await call<KeysPage>('GET', `keys?limit=1000${from}`);
    keys.push(...page.keys);
    cursor = page.cursor;
    if (cursor === null || keys.length >= mostKeys) return { keys, total: page.total };
  }
}
