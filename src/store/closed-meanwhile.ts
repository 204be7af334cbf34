import { DatabaseError } from '../core/world-store.ts';

/** The error for a world that is closed in the middle of work of several turns. */
export function closedMeanwhile(): DatabaseError {
  return new DatabaseError('the world was closed before it was in place');
}
