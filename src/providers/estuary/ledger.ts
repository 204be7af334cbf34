import type { Ledger } from '../../http/ledger.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = { operations: {}, behaviours: [] };
