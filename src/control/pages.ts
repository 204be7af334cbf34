import { Type } from 'typebox';
import { Nullable } from '../http/schemas.ts';

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

/** One page of a list that lies in memory: the cursor is the place at which the next one begins. */
export function pageOf<T>(all: readonly T[], { limit = 1000, cursor = '0' }: PageQuery) {
  const start = Number.parseInt(cursor, 10) || 0;
  const end = start + limit;
  return { page: all.slice(start, end), total: all.length, cursor: end < all.length ? String(end) : null };
}
