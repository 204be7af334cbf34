import { expect } from 'vitest';
import { toIso } from '../../src/clock.ts';
import { epoch, type TestEmulator } from '../support/emulator.ts';

export const epochIso = toIso(epoch);

/** A random id of the core. */
export const anyId: string = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** The explanation of the newest request of a world. */
export async function explainedLast({ request }: TestEmulator, world = ''): Promise<object> {
  const { body } = await request.get(`${world}/_latchkey/requests?limit=1`).expect(200);
  const { body: entry } = await request.get(`${world}/_latchkey/requests/${body.requests[0].id}`).expect(200);
  return entry.explanation;
}

interface Facts {
  readonly provider: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly path: string;
  readonly by?: string;
  readonly world?: string;
  readonly credential?: object;
  readonly key?: object;
  readonly nearly?: readonly object[];
  readonly at?: string;
  readonly permission?: object;
  readonly operation: string | null;
  readonly faults?: readonly string[];
  readonly status: number;
  readonly code?: string;
}

/** A whole explanation, made of the facts that differ from case to case. */
export function explanation(facts: Facts): object {
  const { provider, path, by = 'owned path', world = 'default', at = epochIso, status, code = null } = facts;
  const { credential = null, key = null, nearly = [], permission = null, faults = [] } = facts;
  return {
    verdict: facts.verdict,
    sentence: facts.sentence,
    mount: { by, world, provider, target: `/${provider}${path}` },
    credential,
    key,
    nearly,
    clock: at,
    permission,
    operation: facts.operation,
    faults,
    answer: { status, code },
    truth: null,
  };
}

/** A credential that was read in a header, or found there but not read because of a problem. */
export function inHeader(name: string, hint: string, problem: string | null = null): object {
  return { from: `header ${name}`, hint: `${hint}…`, problem };
}

const life = { createdAt: epochIso, expiresAt: null, lastUsedAt: null, revokedAt: null };

/** Keys of the built-in seed, not used yet. */
export const keys = {
  alice: {
    id: anyId,
    provider: 'estuary',
    tenant: 'estuary',
    owner: '2',
    name: 'alice',
    kind: 'key',
    hint: 'EST00000000',
    state: 'active',
    grants: {},
    attributes: {},
    ...life,
    expiresAt: '2031-01-01T00:00:00.000Z',
  },
  kpsAlice: {
    id: '00000000-0000-4000-a000-000000000002',
    provider: 'kps',
    tenant: 'tid-demo',
    owner: '00000000-0000-4000-8000-000000000002',
    name: null,
    kind: 'key',
    hint: 'cTIW3Y',
    state: 'active',
    grants: {},
    attributes: { email: 'alice@example.com' },
    ...life,
  },
  user: {
    id: anyId,
    provider: 'whylabs',
    tenant: 'org-123',
    owner: 'user-123',
    name: 'user',
    kind: 'key',
    hint: 'USER000000',
    state: 'active',
    grants: { scopes: [':user'] },
    attributes: {},
    ...life,
  },
  administrator: {
    id: anyId,
    provider: 'whylabs',
    tenant: 'org-123',
    owner: 'user-admin',
    name: 'admin',
    kind: 'key',
    hint: 'ADMIN00000',
    state: 'active',
    grants: { scopes: [':administrator'] },
    attributes: {},
    ...life,
  },
  reader: {
    id: anyId,
    provider: 'rockset',
    tenant: 'acme',
    owner: 'reader@me.com',
    name: 'reader',
    kind: 'key',
    hint: 'reader',
    state: 'active',
    grants: {},
    attributes: { created_by_apikey_name: null },
    ...life,
  },
  rocksetAdmin: {
    id: anyId,
    provider: 'rockset',
    tenant: 'acme',
    owner: 'admin@me.com',
    name: 'admin',
    kind: 'key',
    hint: 'admin0',
    state: 'active',
    grants: {},
    attributes: { created_by_apikey_name: null },
    ...life,
  },
} as const;

/** A key that has just been used. */
export function used<K extends object>(key: K, at = epochIso): Omit<K, 'lastUsedAt'> & { readonly lastUsedAt: string } {
  return { ...key, lastUsedAt: at };
}

/** A request and how it is explained; `cause` names what decided. */
export interface Case {
  readonly cause: string;
  send(): PromiseLike<unknown>;
  readonly explained: object;
}

/** The facts of requests that present a key of the built-in seed as its provider expects it. */
export const presenting = {
  alice: { credential: inHeader('authorization', 'EST00000000'), key: used(keys.alice) },
  kpsAlice: { credential: inHeader('authorization', 'cTIW3Y'), key: used(keys.kpsAlice) },
  user: { credential: inHeader('x-api-key', 'USER000000'), key: used(keys.user) },
  administrator: { credential: inHeader('x-api-key', 'ADMIN00000'), key: used(keys.administrator) },
  reader: { credential: inHeader('authorization', 'reader'), key: used(keys.reader) },
  rocksetAdmin: { credential: inHeader('authorization', 'admin0'), key: used(keys.rocksetAdmin) },
};

/** The facts of a request whose key grants what its route requires. */
export function permitted(required: string) {
  return { permission: { required, granted: true } };
}

export const organization = { provider: 'rockset', path: '/v1/orgs/self', operation: 'getOrganization' } as const;
