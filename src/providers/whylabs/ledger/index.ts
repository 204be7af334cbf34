import type { Ledger } from '../../../provider/ledger.ts';
import { accountBehaviours } from './accounts.ts';
import { authenticationBehaviours } from './authentication.ts';
import { documentationBehaviours } from './documentation.ts';
import { keyBehaviours } from './keys.ts';
import { operations } from './operations.ts';
import { wireBehaviours } from './wire.ts';

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
