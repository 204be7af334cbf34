import type { JournalEntry, Key, KeyState } from '../client/types.ts';
import { fromIso } from '../clock.ts';
import { type Cell, type Colour, line, type Paint, table } from './table.ts';

const colours: Readonly<Record<KeyState, Colour>> = { active: 'green', suspended: 'yellow', revoked: 'red', expired: 'red' };

/** Keys with the time that they have left at an instant. */
export function keyTable(keys: readonly Key[], now: string, paint: Paint): string {
  const rows = keys.map(({ provider, hint, name, owner, state, expiresAt, id }) => [
    provider,
    hint,
    name ?? '-',
    owner,
    { text: state, colour: colours[state] },
    timeLeft(expiresAt, now),
    id,
  ]);
  return table(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID'], rows, paint);
}

export function requestTable(requests: readonly JournalEntry[], paint: Paint): string {
  return table(['ID', 'AT', 'PROVIDER', 'STATUS', 'METHOD', 'PATH', 'CODE'], requests.map(requestCells), paint);
}

/** Wide enough for what most requests have: who prints them as they come does not know the widest yet. */
const requestWidths = [5, 24, 8, 3, 6, 40];

export function requestLine(entry: JournalEntry, paint: Paint): string {
  return line(requestCells(entry), requestWidths, paint);
}

function requestCells({ id, at, provider, method, path, status, code }: JournalEntry): readonly Cell[] {
  return [id, at, provider, { text: String(status), colour: colourOf(status) }, method, path, code ?? '-'];
}

/** A broken connection has the status 0. */
function colourOf(status: number): Colour {
  if (status === 0 || status >= 500) return 'red';
  return status >= 400 ? 'yellow' : 'green';
}

function timeLeft(expiresAt: string | null, now: string): string {
  if (expiresAt === null) return 'for ever';
  const seconds = Math.floor(((fromIso(expiresAt) ?? 0) - (fromIso(now) ?? 0)) / 1000);
  if (seconds < 0) return 'none';
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
