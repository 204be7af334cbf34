import { expect } from 'vitest';
import type { Exchange } from '../control/exchange.ts';

/** The answer that a provider gives where no more is known than a status: the media type and the exact text, `path` being what was asked for. */
export interface ErrorAnswer {
  readonly mediaType: string | undefined;
  text(path: string, requestId: string): string;
}

/** A status, and what its answer says. */
export type Row = readonly [status: number, ...facts: (string | number)[]];

/** Answers by status, made of rows of facts. */
export function table(rows: readonly Row[], make: (row: Row) => ErrorAnswer): ReadonlyMap<number, ErrorAnswer> {
  return new Map(rows.map((row) => [row[0], make(row)]));
}

/** Compares a whole answer: status, media type, and the exact text, but for a trace id, which must be a new UUID. */
export function expectErrorAnswer(answer: Exchange, status: number, expected: ErrorAnswer | undefined, path: string): void {
  const traceId = /(?<="trace_id":")[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
  expect({
    status: answer.status,
    mediaType: answer.headers['content-type'],
    text: answer.body.replace(traceId, '…'),
    failure: answer.failure,
  }).toEqual({
    status,
    mediaType: expected?.mediaType,
    text: expected?.text(path, String(answer.headers['x-request-id'])),
    failure: undefined,
  });
}
