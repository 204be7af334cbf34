/** What made a world: a request to it, a call of the control plane, a client of the library. */
export const worldMakers = ['use', 'call', 'client'] as const;
export type WorldMaker = (typeof worldMakers)[number];
