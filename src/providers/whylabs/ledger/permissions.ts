import { pin } from '../../../provider/ledger.ts';

/** Who may manage keys by v0: the profile `documented` follows the documentation. */
export const documented = pin('specification', 'who-may-call.test.ts > %s is allowed or refused as the profile says');

/** Who may call the other operations: here the source says it. */
export const secured = pin('server source', 'matrix.test.ts > %s answers each caller as the table says');
