import { signal } from '@preact/signals';
import type { ExplainedEntry } from '../../client/types.ts';
import { call } from './calls.ts';

/** The requests that were looked at, with their explanations. */
export const explained = signal<ReadonlyMap<string, ExplainedEntry>>(new Map());

/** Fetches a request's explanation, unless it is there. Throws CallError. */
export async function explainRequest(id: string): Promise<void> {
  if (explained.value.has(id)) return;
  const entry = await call<ExplainedEntry>('GET', `requests/${encodeURIComponent(id)}`);
  explained.value = new Map([...[...explained.value].slice(-200), [id, entry]]);
}
