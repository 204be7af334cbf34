import { signal } from '@preact/signals';
import type { Fault, JournalEntry, Key } from '../../client/types.ts';

/** The world's clock as it was read, and when that was by the page's stopwatch. */
export interface ReadClock {
  readonly nowMs: number;
  readonly frozen: boolean;
  readonly atMs: number;
}

/** What `GET health` says of the server. What an older server leaves out is undefined. */
export interface Health {
  readonly version: string;
  readonly https?: string | null;
  readonly mutant?: { readonly provider: string; readonly name: string; readonly does?: string } | string | null;
}

export const clock = signal<ReadClock | null>(null);
export const keys = signal<ReadonlyMap<string, Key>>(new Map());
/** The number of all keys, which may be more than the page holds. */
export const keysTotal = signal(0);
/** The newest first. */
export const requests = signal<readonly JournalEntry[]>([]);
export const faults = signal<readonly Fault[]>([]);
export const health = signal<Health | null>(null);
/** Whether the lists were loaded at all. */
export const isLoaded = signal(false);
