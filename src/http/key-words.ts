import { type Instant, toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';

/** Names a key for a person: its hint, its name, its owner. */
export function nameOfKey(key: ApiKey): string {
  return `${key.hint}…${key.name === null || key.name === '' ? '' : ` (${key.name})`} of ${key.owner}`;
}

/** How long before `to` the instant `from` was, and when. */
export function since(from: Instant | null | undefined, to: Instant): string {
  return `${elapsed(from ?? to, to)} earlier, at ${toIso(from ?? to)}`;
}

function elapsed(from: Instant, to: Instant): string {
  const ms = to - from;
  if (ms < 1000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
