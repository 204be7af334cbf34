import { batch } from '@preact/signals';
import { base, CallError } from './calls.ts';
import { connection } from './connection.ts';
import { stopwatchMs } from './instants.ts';
import { loadAgenda, loadAll, loadFaults, loadHealth, takeClock } from './loading.ts';
import { reduce, type StreamEvent } from './reduce.ts';
import { lists } from './store.ts';
import { readStream } from './stream.ts';

/** Rendering each event as it comes would make the page stand still. */
const batchMs = 250;
const mostWaitMs = 10_000;

/** What the tab that streams tells the others. */
type Told =
  | { readonly what: 'listening' | 'lost' | 'asking' }
  | { readonly what: 'events'; readonly events: readonly StreamEvent[] };

/** On plain http by another name than localhost a browser has none: then each visible tab streams for itself, and tells nobody. */
const hasLocks = navigator.locks !== undefined;
const channel = new BroadcastChannel(`latchkey-events:${base.href}`);
const flow = {
  collected: [] as StreamEvent[],
  timer: 0,
  isLoading: false,
  isStale: false,
  isLeader: false,
  isOpen: false,
  wait: 500,
};
let giveUp = new AbortController();
let running: Promise<void> = Promise.resolve();
let wake: () => void = () => undefined;

/** Keeps the page fresh from now on. Of all tabs that show this world one streams, and hands on what it gets. */
export function startFlow(): void {
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : lead()));
  lead();
  tell({ what: 'asking' });
}

/** Tries at once what would be tried later: somebody asked for it, or gave a token. */
export function tryNow(): void {
  flow.wait = 500;
  if (flow.isLeader || !hasLocks) wake();
  else void catchUp();
}

/** A hidden tab lets another one stream: a browser has six connections for all of them. */
function rest(): void {
  giveUp.abort();
}

function lead(): void {
  if (document.hidden) return;
  giveUp.abort();
  giveUp = new AbortController();
  const { signal } = giveUp;
  if (hasLocks)
    navigator.locks.request(`latchkey-events:${base.href}`, { signal }, () => streamOn(signal)).catch(() => undefined);
  else running = running.then(() => streamOn(signal));
}

/** Streams until it is given up; a stream that breaks is opened again, later each time. */
async function streamOn(signal: AbortSignal): Promise<void> {
  flow.isLeader = true;
  while (!signal.aborted) {
    const error = await readStream(receiver, signal).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    flow.isOpen = false;
    if (signal.aborted) break;
    tell({ what: 'lost' });
    await pauseAfter(error, signal);
  }
  flow.isLeader = false;
}

const receiver = {
  listening() {
    flow.isOpen = true;
    flow.wait = 500;
    tell({ what: 'listening' });
    void catchUp();
  },
  event(event: StreamEvent) {
    collect([event]);
  },
};

async function pauseAfter(error: unknown, signal: AbortSignal): Promise<void> {
  const isFinal = error instanceof CallError && [401, 403, 404].includes(error.status);
  const ms = flow.wait;
  flow.wait = Math.min(mostWaitMs, ms * 2);
  if (isFinal) {
    connection.value = { state: 'refused', error };
    void loadHealth().catch(() => undefined);
  } else lose(ms);
  await new Promise<void>((resolve) => {
    wake = resolve;
    signal.addEventListener('abort', () => resolve(), { once: true });
    // What was refused is asked for again when there is a reason to.
    if (!isFinal) setTimeout(resolve, ms);
  });
}

function lose(againInMs: number): void {
  const before = connection.value;
  const now = stopwatchMs();
  connection.value = { state: 'lost', sinceMs: before.state === 'lost' ? before.sinceMs : now, againAtMs: now + againInMs };
}

function hear(told: Told): void {
  if (told.what === 'events') collect(told.events);
  else if (told.what === 'listening') void catchUp();
  else if (told.what === 'lost') lose(mostWaitMs);
  else if (flow.isLeader && flow.isOpen) tell({ what: 'listening' });
}

function tell(told: Told): void {
  if (hasLocks) channel.postMessage(told);
}

/** Loads everything again: whatever was missed, and a server that was started again counts its ids anew. */
async function catchUp(): Promise<void> {
  // What is being loaded may be older than what made this necessary.
  flow.isStale = true;
  if (flow.isLoading) return;
  flow.isLoading = true;
  try {
    while (flow.isStale) {
      flow.isStale = false;
      await loadAll();
    }
    connection.value = { state: 'live' };
    void loadAgenda().catch(() => undefined);
  } catch (error) {
    const isRefused = error instanceof CallError && [401, 403, 404].includes(error.status);
    if (isRefused) connection.value = { state: 'refused', error };
    else lose(flow.wait);
  } finally {
    flow.isLoading = false;
    apply();
  }
}

function collect(events: readonly StreamEvent[]): void {
  flow.collected.push(...events);
  if (flow.isLeader) flow.timer ||= setTimeout(apply, batchMs);
  else apply();
}

/** Applies what the stream brought, unless the lists are being loaded: then it is applied to what is loaded. */
function apply(): void {
  clearTimeout(flow.timer);
  flow.timer = 0;
  if (flow.isLoading || flow.collected.length === 0) return;
  const events = flow.collected.splice(0);
  if (flow.isLeader) tell({ what: 'events', events });
  batch(() => {
    const last = events.findLast(({ type }) => type === 'clock');
    if (last !== undefined) takeClock(Object(last.data));
    const next = reduce(lists.value, events);
    lists.value = next.lists;
    if (next.reload === 'all') void catchUp();
    if (next.reload === 'faults') void loadFaults().catch(() => undefined);
  });
  if (events.some(({ type }) => type !== 'request')) void loadAgenda().catch(() => undefined);
}
