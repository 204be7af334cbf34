import type { JournalEntry, Key } from '../client/types.ts';
import { fromIso } from '../clock.ts';
import { table } from './table.ts';

/** Keys with the time that they have left at an instant. */
export function keyTable(keys: readonly Key[], now: string): string {
  const rows = keys.map(({ provider, hint, name, owner, state, expiresAt, id }) => [
    provider,
    hint,
    name ?? '-',
    owner,
    state,
    timeLeft(expiresAt, now),
    id,
  ]);
  return table(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID'], rows);
}

export function requestTable(requests: readonly JournalEntry[]): string {
  const rows = requests.map(({ id, at, provider, method, path, status, code }) => [
    id,
    at,
    provider,
    String(status),
    method,
    path,
    code ?? '-',
  ]);
  return table(['ID', 'AT', 'PROVIDER', 'STATUS', 'METHOD', 'PATH', 'CODE'], rows);
}

function timeLeft(expiresAt: string | null, now: string): string {
  if (expiresAt === null) return 'for ever';
  const seconds = Math.floor(((fromIso(expiresAt) ?? 0) - (fromIso(now) ?? 0)) / 1000);
  if (seconds < 0) return 'none';
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
