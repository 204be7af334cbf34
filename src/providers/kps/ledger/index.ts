import type { Ledger } from '../../../provider/ledger.ts';
import { authentication } from './authentication.ts';
import { documentation } from './documentation.ts';
import { keys } from './keys.ts';
import { operations } from './operations.ts';
import { sessions } from './sessions.ts';
import { users } from './users.ts';
import { wire } from './wire.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [...authentication, ...keys, ...sessions, ...users, ...wire, ...documentation],
};
