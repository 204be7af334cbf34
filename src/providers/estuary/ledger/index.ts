import type { Ledger } from '../../../provider/ledger.ts';
import { accounts } from './accounts.ts';
import { authentication } from './authentication.ts';
import { documentation } from './documentation.ts';
import { keys } from './keys.ts';
import { operations } from './operations.ts';
import { wire } from './wire.ts';

/** What is known of this provider, with the evidence and the test for each row. */
export const ledger: Ledger = { operations, behaviours: [...authentication, ...keys, ...accounts, ...wire, ...documentation] };
