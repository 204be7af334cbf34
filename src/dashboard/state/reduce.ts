import type { Fault, JournalEntry, Key } from '../../client/types.ts';

/** What the stream keeps fresh. */
export interface Lists {
  readonly keys: ReadonlyMap<string, Key>;
  /** The newest first. */
  readonly requests: readonly JournalEntry[];
  readonly faults: readonly Fault[];
  /** Of each key: the last event that told of it, and the last request that used it. Older news about it is ignored. */
  readonly told: ReadonlyMap<string, number>;
  readonly used: ReadonlyMap<string, number>;
}

/** An event as the stream has it. */
export interface StreamEvent {
  readonly id: number;
  readonly type: string;
  readonly data: unknown;
}

/** What the events leave to be loaded. */
export type Reload = 'all' | 'faults' | null;

export const mostRequests = 10_000;

export const noLists: Lists = { keys: new Map(), requests: [], faults: [], told: new Map(), used: new Map() };

/**
 * Applies events, which may come twice and in any order: keys and requests are told apart by their ids. Only what changed is a
 * new object. The clock is not among them: it has to be read with the stopwatch.
 */
export function reduce(lists: Lists, events: readonly StreamEvent[]): { readonly lists: Lists; readonly reload: Reload } {
  if (events.some(({ type }) => type === 'reset')) return { lists, reload: 'all' };
  const added = events.filter(({ type }) => type === 'request').flatMap(({ data }) => (isEntry(data) ? [data] : []));
  const requests = withRequests(lists.requests, added);
  const ofFaults = withHits(
    lists.faults,
    events.filter(({ type }) => type === 'fault'),
  );
  return {
    lists: { ...lists, ...withKeys(lists, events, added), requests, faults: ofFaults.faults },
    reload: ofFaults.isStale ? 'faults' : null,
  };
}

function withRequests(before: readonly JournalEntry[], added: readonly JournalEntry[]): readonly JournalEntry[] {
  if (added.length === 0) return before;
  const newest = Number(before[0]?.id ?? 0);
  const fresh = new Map(added.map((entry) => [Number(entry.id), entry]));
  const isInOrder = [...fresh.keys()].every((id) => id > newest);
  // Usually all of them are newer than what is there.
  const all = isInOrder ? before : before.filter(({ id }) => !fresh.has(Number(id)));
  const sorted = [...fresh.values()].sort(byNewest);
  return (isInOrder ? [...sorted, ...all] : [...sorted, ...all].sort(byNewest)).slice(0, mostRequests);
}

function byNewest(one: JournalEntry, other: JournalEntry): number {
  return Number(other.id) - Number(one.id);
}

function withKeys(lists: Lists, events: readonly StreamEvent[], requests: readonly JournalEntry[]) {
  const ofKeys = events.filter(({ type }) => type === 'key');
  const uses = requests.filter(isUse);
  if (ofKeys.length + uses.length === 0) return {};
  const [keys, told, used] = [new Map(lists.keys), new Map(lists.told), new Map(lists.used)];
  for (const { id, data } of ofKeys) {
    const key: unknown = Object(data).key;
    if (!isKey(key) || id < (told.get(key.id) ?? 0)) continue;
    told.set(key.id, id);
    // A use that is known already is newer than what this event knew.
    const seen = keys.get(key.id)?.lastUsedAt ?? null;
    const isKnown = seen !== null && (used.has(key.id) || seen > (key.lastUsedAt ?? ''));
    keys.set(key.id, isKnown ? { ...key, lastUsedAt: seen } : key);
  }
  for (const { id, key: owner, at } of uses) {
    const key = keys.get(owner ?? '');
    if (key === undefined || Number(id) < (used.get(key.id) ?? 0)) continue;
    used.set(key.id, Number(id));
    keys.set(key.id, { ...key, lastUsedAt: at });
  }
  return { keys, told, used };
}

/** Whether a request was let in by its key, which counts as a use. */
function isUse({ key, code, fault }: JournalEntry): boolean {
  return typeof key === 'string' && fault === null && !/^(key|credential)_/.test(code ?? '');
}

/** A hit is counted here; what was added or is gone has to be loaded. */
function withHits(faults: readonly Fault[], events: readonly StreamEvent[]) {
  const hits = new Map(
    events.flatMap(({ data }) => {
      const { fault, hits: count, change } = Object(data);
      const isHit = (change === undefined || change === 'hit') && typeof count === 'number';
      return isHit ? [[String(fault), count] as const] : [];
    }),
  );
  const known = new Set(faults.map(({ id }) => id));
  const isStale =
    events.some(({ data }) => (Object(data).change ?? 'hit') !== 'hit') || [...hits.keys()].some((id) => !known.has(id));
  const counted = faults.map((fault) => ({ ...fault, hits: Math.max(fault.hits, hits.get(fault.id) ?? 0) }));
  return { faults: events.length === 0 ? faults : counted, isStale };
}

function isKey(value: unknown): value is Key {
  return typeof Object(value).id === 'string';
}

/** An event whose request the journal no longer has is its id alone, and says nothing. */
function isEntry(value: unknown): value is JournalEntry {
  const { id, method } = Object(value);
  return typeof id === 'string' && typeof method === 'string';
}
