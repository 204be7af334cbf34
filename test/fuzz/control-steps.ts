import fc from 'fast-check';
import { type ControlOperation, controlOperations } from '../control/operations.ts';
import { guestNames } from '../support/guests.ts';

/** A call of the control plane, as far as it is known before what it is about: keys, faults and worlds are drawn by number. */
export interface Step {
  readonly operation: ControlOperation;
  /** Draws a key, a fault or a world. */
  readonly pick: number;
  /** Draws a body. */
  readonly draft: number;
  /** What is added to it, in the hope that the server believes it; most of it is refused. */
  readonly plea: Plea;
}

/** A wish to be let in, in a place where a setting might be read. */
export interface Plea {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

const wishes = ['accept-revoked', 'accept-unknown@rockset', 'accept-missing', 'ignore-role', true, { name: 'accept-unknown' }];
const names = ['mutant', 'LATCHKEY_MUTANT', 'gate', 'mutate', 'truth', '__proto__'];
export const pleaHeaders = ['X-Latchkey-Mutant', 'Latchkey-Mutant', 'X-Latchkey-Gate', 'X-Latchkey-Key', 'X-Latchkey-Truth'];

const wished = <T>(of: (name: string, wish: unknown) => T) =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...wishes)).map(([name, wish]) => of(name, wish));
const none: Plea = { fields: {}, query: '', headers: {} };
const pleas: fc.Arbitrary<Plea> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(none) },
  wished((name, wish) => ({ ...none, fields: Object.fromEntries([[name, wish]]) })),
  wished((name, wish) => ({ ...none, query: `?${name}=${encodeURIComponent(String(wish))}` })),
  fc
    .tuple(fc.subarray(pleaHeaders, { minLength: 1 }), fc.constantFrom('accept-revoked', 'accept-unknown', 'none'))
    .map(([headers, wish]) => ({ ...none, headers: Object.fromEntries(headers.map((header) => [header, wish])) })),
);

/** Those that change which keys are accepted, or what is seen of them; and what they are made from. */
const changing = controlOperations.filter(({ method, id }) => method !== 'GET' || id === 'getSnapshot');

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    operation: fc.oneof(fc.constantFrom(...controlOperations), { weight: 2, arbitrary: fc.constantFrom(...changing) }),
    pick: fc.nat({ max: 99 }),
    draft: fc.nat({ max: 99 }),
    plea: pleas,
  }),
  { minLength: 4, maxLength: 16 },
);

/** Sequences that are always tried: a request and a fault are looked at before the calls that forget them. */
export const certain: [readonly Step[]][] = [
  [
    controlOperations
      .toSorted((one, other) => Number(forgets(one)) - Number(forgets(other)))
      .map((operation, place) => ({ operation, pick: 1 + 3 * place, draft: place, plea: none })),
  ],
  [
    controlOperations
      .filter(({ path, id }) => path.endsWith('/{id}') && id !== 'getKey')
      .map((operation) => ({ operation, pick: 0, draft: 0, plea: none })),
  ],
  // Every seeded key is suspended, and stays so.
  [
    controlOperations
      .filter(({ id }) => id === 'suspendKey')
      .flatMap((operation) => Array.from({ length: 12 }, (_, pick) => ({ operation, pick, draft: 0, plea: none }))),
  ],
];

function forgets({ method }: ControlOperation): boolean {
  return method === 'DELETE';
}

/** What a step may be about. */
export interface Subjects {
  readonly keyIds: readonly string[];
  readonly secrets: readonly string[];
  readonly world: string;
}

const seeds = [
  {},
  { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret: 'ESTcarolARY', state: 'revoked' }] } },
  { rockset: { users: [{ email: 'dora@me.com', roles: ['read-only'] }], keys: [{ owner: 'dora@me.com', name: 'd' }] } },
];
const moves = ['1ms', '1h', '-1h', '720h', '-8760h', '-1ms'];
const faults = [
  { effect: { propagation: { revoke: '1h' } } },
  { effect: { propagation: { issue: '1h', revoke: '10m' } }, match: { provider: 'rockset' } },
  { effect: { status: 503 }, times: 1 },
  { effect: { code: 'key_revoked' }, match: { provider: 'kps' }, times: 2 },
  { effect: { respond: { status: 200, body: { mutant: 'accept-unknown' } } }, times: 1 },
  { effect: { respond: { status: 200 } }, match: { provider: 'whylabs' }, times: 3 },
];
const states = ['active', 'suspended', 'revoked'];
const owners: Readonly<Record<string, object>> = {
  estuary: { owner: 'bob' },
  kps: { owner: 'bob@example.com' },
  rockset: { owner: 'member@me.com' },
  whylabs: { owner: 'user-123', organization: 'org-123' },
};

const at = <T>(list: readonly [T, ...T[]] | readonly T[], number: number): T | undefined => list[number % list.length];

/** Bodies that are accepted, by the call. */
const bodies: Readonly<Record<string, (step: Step, subjects: Subjects) => object>> = {
  setClock: ({ draft }) => ({
    now: `20${28 + (draft % 4)}-06-01T00:00:00Z`,
    ...(draft % 2 === 0 && { frozen: draft % 4 === 0 }),
  }),
  advanceClock: ({ draft }) => ({ by: at(moves, draft) }),
  setClockToEdge: ({ pick }, { keyIds }) => ({ key: at(keyIds, pick) ?? 'none', event: 'expiry', offset: at(moves, pick) }),
  issueKey: ({ pick, draft }) => {
    const provider = at(guestNames, pick) ?? 'estuary';
    return {
      provider,
      name: `n${pick}-${draft}`,
      ...owners[provider],
      state: at(states, draft),
      ...(draft % 5 === 0 && { expiresIn: '30m' }),
    };
  },
  issueSuccessor: ({ draft }) => (draft % 2 === 0 ? {} : { expiresIn: '10m' }),
  introspect: ({ pick }, { secrets }) => ({ secret: at(secrets, pick) ?? 'unknown' }),
  mark: ({ draft }) => ({ text: draft % 3 === 0 ? null : 'mutant: accept-unknown' }),
  addFault: ({ draft }) => at(faults, draft) ?? {},
  reset: ({ draft }) => ({ to: draft % 3 === 0 ? 'empty' : 'seed' }),
  seed: ({ draft }) => ({ seed: at(seeds, draft) }),
  createWorld: ({ draft }) => (draft % 2 === 0 ? {} : { seed: at(seeds, draft) }),
};

/** The path and the body of a step, below `/_latchkey`. */
export function requestOf(step: Step, subjects: Subjects): { readonly path: string; readonly body: string | undefined } {
  const { operation, pick, plea } = step;
  const values: Readonly<Record<string, string>> = {
    id: idFor(operation, pick, subjects),
    name: pick % 3 === 0 ? subjects.world : `${subjects.world}-b`,
  };
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? name)) + plea.query;
  const made = bodies[operation.id]?.(step, subjects);
  const isNeeded = made !== undefined || (Object.keys(plea.fields).length > 0 && operation.method !== 'GET');
  return { path, body: isNeeded ? JSON.stringify({ ...made, ...plea.fields }) : undefined };
}

function idFor({ path }: ControlOperation, pick: number, { keyIds }: Subjects): string {
  if (path.startsWith('/faults')) return `f${1 + (pick % 3)}`;
  if (path.startsWith('/requests')) return String(1 + (pick % 3));
  return at(keyIds, pick) ?? 'none';
}
