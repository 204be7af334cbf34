import type { JournalEntry } from '../../client/types.ts';
import { shownTime } from './instants.ts';

/** As the filter `refused` of `GET requests` has it. */
export function isRefused({ status, code }: JournalEntry): boolean {
  return status === 0 || status === 401 || status === 403 || typeof code === 'string';
}

/** Why a request was answered as it was, in two or three words. */
export function why({ code, fault, mutant, status }: JournalEntry): string {
  if (typeof mutant === 'string') return `mutant ${mutant}`;
  if (typeof fault === 'string') return `fault ${fault}`;
  if (typeof code === 'string') return code.replaceAll('_', ' ');
  return status === 0 ? 'connection broken' : '';
}

/** The cells of a request's row. A field that is missing is a dash in its cell. */
export function requestCells(entry: JournalEntry): readonly string[] {
  const { id, at, status, method, path } = entry;
  const line = method === undefined && path === undefined ? '' : `${method ?? '–'} ${path ?? '–'}`;
  return [id, shownTime(at), status === undefined ? '' : String(status), line].map((text) => text || '–').concat(why(entry));
}

export interface RequestsWanted {
  readonly q: string;
  readonly refused: boolean;
  /** Id of a key; empty: of any. */
  readonly key: string;
}

/** The requests that a filter lets through: a part of the path, method, code, status, client or mark. */
export function requestsWanted(requests: readonly JournalEntry[], { q, refused, key }: RequestsWanted): readonly JournalEntry[] {
  const part = q.trim().toLowerCase();
  if (part === '' && !refused && key === '') return requests;
  const texts = ({ path, method, code, status, client, mark, provider }: JournalEntry) => [
    ...[`${method} ${path}`, code, String(status), client, mark, provider],
  ];
  return requests.filter(
    (entry) =>
      (!refused || isRefused(entry)) &&
      (key === '' || entry.key === key) &&
      (part === '' || texts(entry).some((text) => text?.toLowerCase().includes(part))),
  );
}
