import type { Ledger } from '../../../provider/ledger.ts';
import { accounts } from './accounts.ts';
import { authentication } from './authentication.ts';
import { documentation } from './documentation.ts';
import { keys } from './keys.ts';
import { operations } from './operations.ts';
import { roles } from './roles.ts';
import { wire } from './wire.ts';

/** What is known of this provider, how it is known, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [...keys, ...authentication, ...accounts, ...roles, ...wire, ...documentation],
};
