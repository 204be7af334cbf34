import type { ExplainedEntry, JournalEntry, Key } from '../../src/client/types.ts';

/** A key as the control plane shows it. */
export function keyOf(change: Partial<Key> = {}): Key {
  return {
    id: 'k1',
    kind: 'key',
    provider: 'rockset',
    tenant: 'acme',
    owner: 'member@me.com',
    name: 'nightly',
    hint: 'PXgtBQ',
    state: 'active',
    grants: {},
    attributes: {},
    createdAt: '2030-01-01T00:00:00.000Z',
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...change,
  };
}

/** A request as the control plane lists it. */
export function requestOf(change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: '1',
    at: '2030-01-01T00:00:00.400Z',
    provider: 'rockset',
    operation: 'getOrganization',
    method: 'GET',
    path: '/v1/orgs/self',
    status: 200,
    key: 'k1',
    credential: 'PXgtBQ…',
    code: null,
    fault: null,
    durationMs: 1,
    elapsedMs: 1,
    client: 'node',
    from: '127.0.0.1',
    mark: null,
    mutant: null,
    ...change,
  };
}

/** A request with its messages, and why it was answered as it was. */
export function explainedOf(change: Partial<ExplainedEntry> = {}): ExplainedEntry {
  return {
    ...requestOf(),
    requestHeaders: { authorization: 'ApiKey PXgtBQ…' },
    requestBody: null,
    responseHeaders: {},
    responseBody: null,
    explanation: {
      verdict: 'answered',
      sentence: 'It was answered.',
      mount: { by: 'prefix', world: 'default', provider: 'rockset', target: '/rockset/v1/orgs/self' },
      credential: { from: 'header authorization', hint: 'PXgtBQ…', problem: null },
      key: null,
      nearly: [],
      clock: '2030-01-01T00:00:00.400Z',
      permission: null,
      operation: 'getOrganization',
      faults: [],
      answer: { status: 200, code: null },
      truth: null,
    },
    ...change,
  };
}
