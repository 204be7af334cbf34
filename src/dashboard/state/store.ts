import { computed, signal } from '@preact/signals';
import type { AgendaEvent, Key } from '../../client/types.ts';
import { type Lists, noLists } from './reduce.ts';

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
  readonly mutant?: string | null;
}

export const clock = signal<ReadClock | null>(null);
/** What the stream keeps fresh. */
export const lists = signal<Lists>(noLists);
export const keys = computed(() => lists.value.keys);
/** The newest first. */
export const requests = computed(() => lists.value.requests);
export const faults = computed(() => lists.value.faults);
/** The number of all keys, which may be more than the page holds. */
export const keysTotal = signal(0);
/** What the server found, where it was asked; null where the page looks through what it holds. */
export const serverKeys = signal<readonly Key[] | null>(null);
/** What the clock will bring about, where only the server knows. */
export const agenda = signal<readonly AgendaEvent[] | null>(null);
/** How many requests the journal has forgotten. */
export const forgotten = signal(0);
export const health = signal<Health | null>(null);
/** Whether the lists were loaded at all. */
export const isLoaded = signal(false);
