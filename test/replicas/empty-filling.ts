import type { Filling } from '../../src/worlds/sharing.ts';

/** A world with nothing in it. */
export const emptyFilling: Filling = {
  records: [],
  now: 0,
  state: {
    clock: { offsetMs: 0, frozenAt: null },
    faults: { last: 0, list: [] },
    mark: null,
    extent: 'everything',
    seed: null,
  },
};
