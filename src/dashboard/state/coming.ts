import { computed } from '@preact/signals';
import type { AgendaEvent, Key } from '../../client/types.ts';
import { msOf } from './instants.ts';
import { stateAt } from './key-view.ts';
import { agenda, keys } from './store.ts';

/** Something that the clock brings about, or brought about. */
export interface Coming {
  readonly atMs: number;
  readonly event: AgendaEvent['event'];
  readonly key: Key;
}

/** Every expiry of a key that is not revoked or suspended, past ones too, and what is seen late; in order of time. */
export const comings = computed<readonly Coming[]>(() => {
  const expiries = [...keys.value.values()].flatMap((key): Coming[] => expiryOf(key));
  const held = new Set(expiries.map(({ key }) => key.id));
  const told = (agenda.value ?? []).flatMap(({ at, event, key }): Coming[] => {
    const atMs = msOf(at);
    return atMs === undefined || (event === 'expiry' && held.has(key.id)) ? [] : [{ atMs, event, key }];
  });
  return [...expiries, ...told].sort((one, other) => one.atMs - other.atMs);
});

function expiryOf(key: Key): Coming[] {
  const atMs = msOf(key.expiresAt);
  const isLive = atMs !== undefined && stateAt(key, atMs) === 'active';
  return isLive ? [{ atMs, event: 'expiry', key }] : [];
}

/** The first that is after an instant, or at it; undefined if nothing comes. */
export function firstFrom(list: readonly Coming[], atMs: number, isAfter: boolean): Coming | undefined {
  return list.find((one) => one.atMs > atMs || (!isAfter && one.atMs === atMs));
}
