import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { fromIso, type Instant, isWritable } from '../../clock.ts';
import { effectiveStates, type KeyState } from '../../core/key-state.ts';
import { parseDurationMs } from '../../formats/duration.ts';
import { Words } from '../schemas.ts';
import type { SeedContext, SeedPath } from './format.ts';

/** The fields by which a seed gives the state and the times of a key, at every provider. */
export const seedLife = {
  state: Type.Optional(Words(effectiveStates, { description: 'Default: active' })),
  createdAt: Type.Optional(
    Type.String({ format: 'date-time', description: "Default: the world's start, or the expiry if that is earlier" }),
  ),
  expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'The last instant at which the key is accepted' })),
  expiresIn: Type.Optional(
    Type.String({
      description: 'How long it lives from its issue on: `5m`, `720h`, `P30D`; `-1h`: it expired an hour ago',
      examples: ['5m'],
    }),
  ),
  lastUsedAt: Type.Optional(Type.String({ format: 'date-time' })),
};

/** The values of those fields. */
export interface SeedLife {
  readonly state?: KeyState | 'expired';
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly expiresIn?: string;
  readonly lastUsedAt?: string;
}

/** What those values mean. */
export interface ReadLife {
  readonly state: KeyState;
  readonly createdAt: Instant;
  /** Undefined if the seed gives none: the provider's own default applies. */
  readonly expiresAt: Instant | undefined;
  readonly lastUsedAt: Instant | null;
}

/** Reads state and times of a key. Invalid instants, and values that contradict each other, are reported below `path`. */
export function readLife(life: SeedLife, path: SeedPath, context: SeedContext): ReadLife {
  const { now, report } = context;
  const expiresAt = readExpiry(life, path, context);
  const isExpired = expiresAt !== undefined && expiresAt < now;
  if (life.state === 'expired' && expiresAt !== undefined && !isExpired) {
    report([...path, 'state'], 'is expired, but the expiry is in the future');
  }
  const ends = expiresAt ?? (life.state === 'expired' ? now - 1000 : undefined);
  const createdAt = readInstant(life.createdAt, [...path, 'createdAt'], context) ?? Math.min(now, ends ?? now);
  return {
    state: life.state === undefined || life.state === 'expired' ? 'active' : life.state,
    createdAt,
    expiresAt: ends,
    lastUsedAt: readInstant(life.lastUsedAt, [...path, 'lastUsedAt'], context) ?? null,
  };
}

function readExpiry({ expiresAt, expiresIn }: SeedLife, path: SeedPath, context: SeedContext): Instant | undefined {
  const { now, report } = context;
  if (expiresAt !== undefined && expiresIn !== undefined) report([...path, 'expiresIn'], 'cannot be combined with expiresAt');
  if (expiresIn === undefined) return readInstant(expiresAt, [...path, 'expiresAt'], context);
  const durationMs = parseDurationMs(expiresIn);
  if (durationMs !== undefined && isWritable(now + durationMs)) return now + durationMs;
  report([...path, 'expiresIn'], `must be a duration such as 5m, 720h or P30D, not ${JSON.stringify(expiresIn)}`);
  return undefined;
}

/** Reads an RFC 3339 date-time. Reports an invalid one, and returns undefined. */
export function readInstant(text: string | undefined, path: SeedPath, { report }: SeedContext): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = fromIso(text);
  if (instant !== undefined && isWritable(instant)) return instant;
  report(path, `must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not ${JSON.stringify(text)}`);
  return undefined;
}

const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Letters and digits that are derived from some words. Values that a seed leaves out, secrets among them, are the same at every
 * start and in every world, so that a test can rely on them.
 */
export function derivedText(length: number, ...words: readonly string[]): string {
  const bytes = createHash('shake256', { outputLength: length }).update(JSON.stringify(words)).digest();
  return [...bytes].map((byte) => alphanumerics[byte % alphanumerics.length]).join('');
}

/** A UUID (in the form of version 4) that is derived from some words. */
export function derivedUuid(...words: readonly string[]): string {
  const hex = createHash('shake256', { outputLength: 16 }).update(JSON.stringify(words)).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The elements of a list by a key; of several with the same one the first. For look-ups that do not grow with the list. */
export function firstBy<T, K>(list: readonly T[], keyOf: (element: T) => K): ReadonlyMap<K, T> {
  const found = new Map<K, T>();
  for (const element of list) {
    const key = keyOf(element);
    if (!found.has(key)) found.set(key, element);
  }
  return found;
}

/** Reports every element of a list whose `field` repeats the value of an earlier one. Elements without the field are ignored. */
export function reportRepeats<T>(list: readonly T[], field: keyof T & string, path: SeedPath, { report }: SeedContext): void {
  const seen = new Set<unknown>();
  for (const [index, element] of list.entries()) {
    const value = element[field];
    if (value !== undefined && seen.has(value)) report([...path, index, field], `${JSON.stringify(value)} is there already`);
    seen.add(value);
  }
}
