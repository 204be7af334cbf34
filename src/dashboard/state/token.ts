import { signal } from '@preact/signals';

const place = 'latchkey-admin-token';

/** The admin token that this tab sends; null without one. It outlives a reload of the tab, but not the tab. */
export const token = signal<string | null>(null);

/** Takes the token from the address, which then no longer has it, or from this tab's earlier life. */
export function readToken(): void {
  const [, given] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (given === undefined) {
    token.value = sessionStorage.getItem(place);
    return;
  }
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  keepToken(decodeURIComponent(given));
}

/** Uses a token from now on. */
export function keepToken(given: string): void {
  token.value = given;
  sessionStorage.setItem(place, given);
}
