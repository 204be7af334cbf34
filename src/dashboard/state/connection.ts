import { signal } from '@preact/signals';
import type { CallError } from './calls.ts';

/** How the page stands with its latchkey. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: string; readonly againInMs: number }
  /** It answers, but not to this page: 401, 403, or 404 `world_not_found`. */
  | { readonly state: 'refused'; readonly error: CallError };

export const connection = signal<Connection>({ state: 'connecting' });
