import { signal } from '@preact/signals';
import type { CallError } from './calls.ts';

/** How the page stands with its latchkey. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** Since when and when it is tried again, by the page's stopwatch. */
  | { readonly state: 'lost'; readonly sinceMs: number; readonly againAtMs: number }
  /** It answers, but not to this page: 401, 403, or 404 `world_not_found`. */
  | { readonly state: 'refused'; readonly error: CallError };

export const connection = signal<Connection>({ state: 'connecting' });
