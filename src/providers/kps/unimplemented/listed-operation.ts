import type { KnownOperation } from '../../../provider/operations.ts';

/** An operation that any user may call, as far as is known. */
export type ListedOperation = readonly [id: string, method: KnownOperation['method'], path: string];
