import type { KnownOperation } from '../../http/operations.ts';

/** Operations of the vendor's specification that answer 501 here. FIDELITY: routing. */
export const unimplemented: readonly KnownOperation[] = [];
