import { signal } from '@preact/signals';
import type { IssuedKey } from '../../client/types.ts';

/** The keys that were issued in this tab, with their secrets: kept in memory alone, until the tab is closed or loaded again. */
export const issuedKeys = signal<readonly IssuedKey[]>([]);
