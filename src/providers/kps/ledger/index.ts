import type { Ledger } from '../../../provider/ledger.ts';
import { authenticationBehaviours } from './authentication.ts';
import { documentationBehaviours } from './documentation.ts';
import { logInBehaviours } from './log-in.ts';
import { operations } from './operations.ts';
import { tokenBehaviours } from './tokens.ts';
import { userBehaviours } from './users.ts';
import { wireBehaviours } from './wire.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [
    ...authenticationBehaviours,
    ...tokenBehaviours,
    ...logInBehaviours,
    ...userBehaviours,
    ...wireBehaviours,
    ...documentationBehaviours,
  ],
};
