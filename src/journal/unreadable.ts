import type { EntryHead, EntryMessages, NewEntry } from './entry.ts';

/** What such an entry takes. */
const entryBytes = 512;
/** Stands for what could not be read. */
const unread = '-';

const head: EntryHead = {
  path: unread,
  mount: { by: 'nothing', target: unread },
  credential: null,
  candidates: [],
  client: null,
  mark: null,
  nearest: [],
};

/** What is known of them. */
export interface Unreadable extends Pick<NewEntry, 'at' | 'elapsedMs' | 'from' | 'status'> {
  readonly answer: string;
}

/** The entry of bytes that are not an HTTP request. They are not kept: secrets cannot be found in what cannot be read. */
export function unreadableEntry({ at, elapsedMs, from, status, answer }: Unreadable): NewEntry {
  const messages: EntryMessages = { requestHeaders: {}, requestBody: null, responseHeaders: {}, responseBody: answer };
  return {
    id: 0,
    at,
    provider: null,
    operation: null,
    method: unread,
    status,
    key: null,
    code: null,
    faults: [],
    durationMs: 0,
    elapsedMs,
    from,
    required: null,
    isOpen: false,
    decision: null,
    isInjected: false,
    isAuthenticated: false,
    isPermitted: null,
    turnedAway: 'not a request',
    weight: entryBytes,
    texts: { head: () => head, prepareHead: () => undefined, messages: async () => messages, isMarked: () => false },
  };
}
