import type { Ledger } from '../../../provider/ledger.ts';
import { access } from './access.ts';
import { accounts } from './accounts.ts';
import { documentation } from './documentation.ts';
import { http } from './http.ts';
import { keys } from './keys.ts';
import { operations } from './operations.ts';
import { roles } from './roles.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [...keys, ...access, ...accounts, ...roles, ...http, ...documentation],
};
