import { Type } from 'typebox';
import type { Instant } from '../clock.ts';
import { pausing } from '../core/pieces.ts';
import { Nullable } from '../provider/schemas.ts';
import { invalid } from './errors.ts';

/** The query parameters of every list. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
  cursor: Type.Optional(Type.String({ description: 'The cursor that the previous page gave' })),
};

/** The fields of every list besides its elements. */
export const pageFields = {
  total: Type.Integer({ description: 'The number of elements on all pages' }),
  cursor: Nullable(Type.String({ description: 'Pass it to get the next page; null on the last page' })),
};

export interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

interface Page<T> {
  readonly page: T[];
  readonly total: number;
  readonly cursor: string | null;
}

/** How many elements a page has at most. */
export function limitOf({ limit = 1000 }: PageQuery): number {
  return limit;
}

/** A cursor that is a number; `first` if the first page is asked for. Throws 400 for any other cursor. */
export function numberedCursor({ cursor }: PageQuery, first: number): number {
  if (cursor === undefined) return first;
  return /^\d{1,16}$/.test(cursor) && Number.isSafeInteger(Number(cursor)) ? Number(cursor) : refuseCursor(cursor);
}

/** What a cursor of a list of events names. */
export interface EventPlace {
  readonly at: Instant;
  readonly event: string;
  readonly id: string;
}

/** The event that a text of `cursorOf` names; undefined for any other text. */
export function eventPlaceOf(cursor: string): EventPlace | undefined {
  const [, at, event = '', id = ''] = /^(-?\d{1,15})\.([^.]+)\.(.+)$/s.exec(cursor) ?? [];
  return at === undefined ? undefined : { at: Number(at), event, id };
}

/** The cursor of an event. */
export function cursorOf({ at, event, id }: EventPlace): string {
  return `${at}.${event}.${id}`;
}

/** Throws 400 for a cursor that no page gave. */
export function refuseCursor(cursor: string): never {
  const problem = `must be the cursor of the previous page, not ${JSON.stringify(cursor)}`;
  throw invalid(`/cursor ${problem}`, [{ path: '/cursor', problem }]);
}

/**
 * One page of a list. `rest` holds the elements from the page's first one on, and at least one more than fit on the page if
 * there are any. `total` counts the whole list; `cursorAfter` makes a cursor of the page's last element.
 */
export function pageOf<T>(rest: readonly T[], query: PageQuery, total: number, cursorAfter: (last: T) => string): Page<T> {
  const page = rest.slice(0, limitOf(query));
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return { page, total, cursor: last === undefined ? null : cursorAfter(last) };
}

/** The same for a whole list, whose cursors are positions. */
export function pageByPlace<T>(list: readonly T[], query: PageQuery): Page<T> {
  const start = numberedCursor(query, 0);
  return pageOf(list.slice(start), query, list.length, () => String(start + limitOf(query)));
}

/** Maps a list, and lets other requests be answered in between. */
export async function mapInPieces<T, U>(list: readonly T[], map: (element: T) => U): Promise<U[]> {
  const mapped: U[] = [];
  const pause = pausing();
  for (const element of list) {
    mapped.push(map(element));
    await pause();
  }
  return mapped;
}
