import type { Key, KeyState } from '../../client/types.ts';
import { fromIso } from '../../clock.ts';
import type { Colour } from './table.ts';

export const colourOfState: Readonly<Record<KeyState, Colour>> = {
  active: 'green',
  suspended: 'yellow',
  revoked: 'red',
  expired: 'red',
};

/** How long a key has left at an instant: what is revoked or expired has none. */
export function timeLeft({ state, expiresAt }: Pick<Key, 'state' | 'expiresAt'>, now: string): string {
  if (state === 'revoked' || state === 'expired') return 'none';
  return expiresAt === null ? 'for ever' : timeUntil(expiresAt, now);
}

/** How long it is from one instant to another. */
export function timeUntil(at: string, now: string): string {
  const seconds = Math.floor(((fromIso(at) ?? 0) - (fromIso(now) ?? 0)) / 1000);
  if (seconds < 0) return 'none';
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
