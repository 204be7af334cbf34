import type { Entry } from './entry.ts';

/** Selects the entries that match every part that is given. */
export interface EntryFilter {
  readonly provider?: string | undefined;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  /** The id of a key. */
  readonly key?: string | undefined;
  /** Whether it was refused, by the core or with 401 or 403, or its connection was broken. */
  readonly refused?: boolean | undefined;
  /** The core's code. */
  readonly code?: string | undefined;
  /** In capitals. */
  readonly method?: string | undefined;
  /** What it belongs to, in full. */
  readonly mark?: string | undefined;
  /** At or after this instant of the world's clock. */
  readonly since?: number | undefined;
}

/** Whether an entry is one that a filter selects. */
export function matches(entry: Entry, filter: EntryFilter): boolean {
  const { provider, operation, status, key, since, refused, code, method, mark } = filter;
  return (
    (provider === undefined || entry.provider === provider) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (key === undefined || entry.key?.id === key) &&
    (since === undefined || entry.at >= since) &&
    (refused === undefined || isRefused(entry) === refused) &&
    (code === undefined || entry.code === code) &&
    (method === undefined || entry.method === method) &&
    (mark === undefined || entry.texts.isMarked(mark))
  );
}

function isRefused({ status, code }: Entry): boolean {
  return status === 0 || status === 401 || status === 403 || code !== null;
}
