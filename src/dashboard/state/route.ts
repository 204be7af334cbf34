import { signal } from '@preact/signals';
import { type Address, addressOf, hashOf } from './address.ts';

/** Where the page is. */
export const route = signal<Address>(addressOf(''));

/** Follows the address. */
export function followAddress(): void {
  const read = () => {
    route.value = addressOf(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Goes to an address: what is left out stays as it is. A change of the query alone leaves no step in the history. */
export function goTo(change: Partial<Address>): void {
  const hash = hashOf({ ...route.value, ...change });
  const isStep = 'screen' in change || 'key' in change || 'request' in change;
  if (hash === location.hash) return;
  if (isStep) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
  route.value = addressOf(hash);
}
