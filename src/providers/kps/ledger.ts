import type { Ledger } from '../../provider/ledger.ts';
import { authenticationBehaviours } from './ledger/authentication.ts';
import { documentationBehaviours } from './ledger/documentation.ts';
import { logInBehaviours } from './ledger/log-in.ts';
import { operations } from './ledger/operations.ts';
import { tokenBehaviours } from './ledger/tokens.ts';
import { userBehaviours } from './ledger/users.ts';
import { wireBehaviours } from './ledger/wire.ts';

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
