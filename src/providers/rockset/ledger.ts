import type { Ledger } from '../../provider/ledger.ts';
import { access } from './ledger/access.ts';
import { accounts } from './ledger/accounts.ts';
import { documentation } from './ledger/documentation.ts';
import { http } from './ledger/http.ts';
import { keys } from './ledger/keys.ts';
import { operations } from './ledger/operations.ts';
import { roles } from './ledger/roles.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [...keys, ...access, ...accounts, ...roles, ...http, ...documentation],
};
