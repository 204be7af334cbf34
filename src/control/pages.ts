import { Type } from 'typebox';
import { Nullable } from '../provider/schemas.ts';

/** What every list takes. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
  cursor: Type.Optional(Type.String({ description: 'From the page before' })),
};

/** What every list gives beside its elements. */
export const pageFields = {
  total: Type.Integer({ description: 'How many there are, on all pages' }),
  cursor: Nullable(Type.String({ description: 'Give it back to get the next page; null on the last' })),
};

interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

/**
 * One page of a list that lies in memory, at least up to the page's end: the cursor is the place at which the next one
 * begins. `total` is how long the whole list is.
 */
export function pageOf<T>(list: readonly T[], query: PageQuery, total: number = list.length) {
  const { start, end } = boundsOf(query);
  return { page: list.slice(start, end), total, cursor: end < total ? String(end) : null };
}

/** The places at which a page begins and ends. */
export function boundsOf({ limit = 1000, cursor = '0' }: PageQuery): { readonly start: number; readonly end: number } {
  const start = Math.max(Number.parseInt(cursor, 10) || 0, 0);
  return { start, end: start + limit };
}
