import type { ProviderModule } from '../../src/provider/provider.ts';
import { loadProviders } from '../../src/providers/index.ts';

/** The providers that tests of latchkey itself run with, by name: a further provider changes nothing for them. */
export const guestNames = ['estuary', 'kps', 'rockset', 'whylabs'] as const;
export const guests: ReadonlySet<string> = new Set(guestNames);

export async function loadGuests(): Promise<readonly ProviderModule[]> {
  return (await loadProviders()).filter(({ name }) => guests.has(name));
}
