import type { Ledger } from '../../provider/ledger.ts';
import { accountBehaviours } from './ledger/accounts.ts';
import { authenticationBehaviours } from './ledger/authentication.ts';
import { documentationBehaviours } from './ledger/documentation.ts';
import { keyBehaviours } from './ledger/keys.ts';
import { operations } from './ledger/operations.ts';
import { wireBehaviours } from './ledger/wire.ts';

/** What is known of this provider, how, and which test pins it. */
export const ledger: Ledger = {
  operations,
  behaviours: [
    ...authenticationBehaviours,
    ...keyBehaviours,
    ...accountBehaviours,
    ...wireBehaviours,
    ...documentationBehaviours,
  ],
};
