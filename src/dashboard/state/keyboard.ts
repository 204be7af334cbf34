import type { Screen } from './address.ts';
import { comings, firstFrom } from './coming.ts';
import { connection } from './connection.ts';
import { goToEvent, holdClock } from './moves.ts';
import { nowInSeconds } from './now.ts';
import { goTo, route } from './route.ts';
import { clock } from './store.ts';

/** Every key, for the list that `?` shows. */
export const shortcuts: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'filter the list'],
  ['↑ ↓ PageUp PageDown Home End', 'go through a list'],
  ['Enter', 'show details'],
  ['Escape', 'close details'],
  ['c', 'copy the request as curl'],
  ['f', 'freeze or resume the clock'],
  ['n', 'last moment of the next event'],
  ['N', 'just after the next event'],
  ['r', 'refused requests only'],
  ['g k, g r', 'go to the keys, to the requests'],
  ['g f, g w, g t', 'go to faults, worlds, try it'],
  ['?', 'this list'],
];

const screensByKey: Readonly<Record<string, Screen>> = { f: 'faults', w: 'worlds', t: 'try' };

interface Handlers {
  /** Shows the list of keys. */
  help(): void;
  /** Shows why a call was refused. */
  refused(error: unknown): void;
}

/** Acts on single keys, while no field has the focus; modifier keys are left to the browser. */
export function listenToKeys({ help, refused }: Handlers): void {
  let isGoing = false;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
    const act = isGoing ? going(event.key) : acts(event.key, help);
    isGoing = !isGoing && event.key === 'g';
    if (act === undefined) return;
    event.preventDefault();
    Promise.resolve(act()).catch(refused);
  });
}

/** A field keeps its keys, and so does a dialog. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  return target.matches('input, textarea, select, [contenteditable]');
}

function going(key: string): (() => void) | undefined {
  const screen = screensByKey[key];
  if (screen !== undefined) return () => goTo({ screen, key: null, request: null, query: {} });
  const list = { k: 'keys', r: 'requests' }[key];
  if (list === undefined) return undefined;
  return () => {
    goTo({ screen: 'overview' });
    // Once it is drawn.
    setTimeout(() => document.getElementById(list)?.focus());
  };
}

function acts(key: string, help: () => void): (() => unknown) | undefined {
  const { query } = route.value;
  const table: Readonly<Record<string, () => unknown>> = {
    '?': help,
    '/': focusFilter,
    Escape: closeDetails,
    c: () => document.querySelector<HTMLElement>('[data-key="c"] button, button[data-key="c"]')?.click(),
    f: () => live() && holdClock(!clock.value?.frozen),
    n: () => goToNext('0s'),
    N: () => goToNext('1ms'),
    r: () => goTo({ query: { ...query, refused: query['refused'] === '1' ? '' : '1' } }),
  };
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function live(): boolean {
  return connection.value.state === 'live';
}

function goToNext(offset: '0s' | '1ms'): unknown {
  const next = firstFrom(comings.value, nowInSeconds.value, offset === '0s');
  return live() && next !== undefined && goToEvent(next, offset);
}

function focusFilter(): void {
  const list = document.activeElement?.closest('.list') ?? document;
  list.querySelector<HTMLElement>('[data-filter]')?.focus();
}

/** Closes the details of the list that has the focus, else those of the request first. */
function closeDetails(): void {
  const { key, request } = route.value;
  const isInKeys = document.activeElement?.closest('.side')?.classList.contains('of-keys') ?? false;
  if (request !== null && !(isInKeys && key !== null)) goTo({ request: null });
  else if (key !== null) goTo({ key: null });
}
