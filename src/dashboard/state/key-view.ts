import type { Key, KeyState } from '../../client/types.ts';
import { msOf } from './instants.ts';

/** The state of a key at an instant: an active one expires just after its last instant, and a clock that is moved back revives it. */
export function stateAt(key: Key, nowMs: number): KeyState {
  if (key.state !== 'active' && key.state !== 'expired') return key.state;
  const expiresAt = msOf(key.expiresAt);
  return expiresAt !== undefined && expiresAt < nowMs ? 'expired' : 'active';
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** A length of time in its two greatest units: `2d 4h`, `59m 59s`, `400ms`, `365d`. */
export function shownSpan(ms: number): string {
  const length = Math.abs(Math.round(ms));
  const first = units.findIndex(([, size]) => length >= size);
  if (first === -1) return '0s';
  const days = Math.floor(length / 86_400_000);
  const parts = units.slice(first, days >= 30 ? first + 1 : first + 2).map(([unit, size], place) => {
    const greater = units[first + place - 1];
    const rest = place === 0 || greater === undefined ? length : length % greater[1];
    return [Math.floor(rest / size), unit] as const;
  });
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(' ');
}

/** What the column `left` says of a key. */
export function timeLeft(key: Key, nowMs: number): string {
  const expiresAt = msOf(key.expiresAt);
  if (key.state === 'revoked') return '–';
  if (expiresAt === undefined) return 'no end';
  if (expiresAt === nowMs) return 'last moment';
  return expiresAt < nowMs ? `${shownSpan(nowMs - expiresAt)} ago` : shownSpan(expiresAt - nowMs);
}

/** What a key is called. */
export function keyTitle({ name, hint, kind }: Pick<Key, 'name' | 'hint'> & Partial<Pick<Key, 'kind'>>): string {
  const shown = hint === undefined ? undefined : `${hint.replace(/…$/, '')}…`;
  return [kind === 'session' ? 'session' : undefined, name, shown].filter((part) => part).join(' ') || '–';
}

/** A word or two of a key's name, for the timeline. */
export function keyLabel({ name, hint, provider }: Key): string {
  return `${provider} ${name || hint}`;
}

/** The cells of a key's row. A field that is missing is a dash in its cell. */
export function keyCells(key: Key, nowMs: number): readonly string[] {
  const state = stateAt(key, nowMs);
  return [key.provider, keyTitle(key), key.owner, state, timeLeft(key, nowMs)].map((text) => text || '–');
}

export interface KeyWanted {
  readonly q: string;
  readonly state: string;
}

/** The keys that a filter lets through: a part of the name, owner, hint, provider or id. `session` finds log-ins. */
export function keysWanted(keys: Iterable<Key>, { q, state }: KeyWanted, nowMs: number): readonly Key[] {
  const part = q.trim().toLowerCase();
  const fits = (key: Key) =>
    (part === '' ||
      [key.name, key.owner, key.hint, key.provider, key.id, key.kind].some((text) => text?.toLowerCase().includes(part))) &&
    (state === '' || stateAt(key, nowMs) === state);
  return [...keys].filter(fits).sort(byCreation);
}

function byCreation(one: Key, other: Key): number {
  const [first = '', second = ''] = [one.createdAt, other.createdAt];
  return first === second ? 0 : first < second ? 1 : -1;
}
