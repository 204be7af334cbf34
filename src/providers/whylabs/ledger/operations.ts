import type { Ledger } from '../../../provider/ledger.ts';
import { accountOperations } from './account-operations.ts';
import { keyOperations } from './key-operations.ts';

/** What is known of each operation, in the order of FIDELITY.md. */
export const operations: Ledger['operations'] = { ...keyOperations, ...accountOperations };
