import { eventsOf } from './events.ts';
import type { Transport } from './transport.ts';
import type {
  AgendaEvent,
  ClockReading,
  Credential,
  ExplainedEntry,
  Fault,
  Introspection,
  IssuedKey,
  JournalEntry,
  Key,
  Latchkey,
  RequestCount,
  Tls,
} from './types.ts';

/** The answer of `GET /credentials`. */
export type CredentialsByProvider = Readonly<
  Record<string, { readonly url: string; readonly credentials: readonly Credential[] }>
>;

/**
 * The client of one world. `end` ends what was started with it. `elsewhere` holds the credentials that a world has when it is
 * made on its first use: a world that is only named may not exist yet, so it is assumed to have these.
 */
export function clientOf(
  transport: Transport,
  seeded: CredentialsByProvider,
  end: () => Promise<void>,
  elsewhere: CredentialsByProvider = seeded,
): Latchkey {
  return {
    url: transport.url,
    urls: mapValues(seeded, (_, provider) => `${transport.url}/${provider}`),
    credentials: mapValues(seeded, ({ credentials }) => Object.fromEntries(credentials.map((one) => [one.name, one]))),
    clock: clockOf(transport),
    keys: keysOf(transport),
    faults: faultsOf(transport),
    ...observationsOf(transport),
    ...stateOf(transport),
    // A world need not be ended: it lives as long as the latchkey.
    world: (name) => clientOf(transport.of(name), elsewhere, async () => undefined),
    createWorld: async (name, seed) => {
      await transport.call('PUT', `/worlds/${encodeURIComponent(name)}`, { seed });
      const created = transport.of(name);
      const own = await created.call<CredentialsByProvider>('GET', '/credentials');
      return clientOf(created, own, async () => undefined, elsewhere);
    },
    drop: async () => void (await transport.call('DELETE', `/worlds/${nameOf(transport.url)}`)),
    close: end,
    [Symbol.asyncDispose]: end,
  };
}

function clockOf({ call }: Transport): Latchkey['clock'] {
  return {
    read: () => call<ClockReading>('GET', '/clock'),
    set: (now) => call<ClockReading>('PUT', '/clock', { now }),
    advance: (by) => call<ClockReading>('POST', '/clock/advance', { by }),
    freeze: () => call<ClockReading>('POST', '/clock/freeze'),
    resume: () => call<ClockReading>('POST', '/clock/resume'),
    edge: (key, offset = '0s') => call<ClockReading>('POST', '/clock/edge', { key, event: 'expiry', offset }),
  };
}

function keysOf({ call }: Transport): Latchkey['keys'] {
  const move = (id: string, to: string) => call<Key>('POST', `/keys/${encodeURIComponent(id)}/${to}`);
  return {
    list: async (filter = {}) => (await call<{ keys: Key[] }>('GET', `/keys${queryOf(filter)}`)).keys,
    get: (id) => call<Key>('GET', `/keys/${encodeURIComponent(id)}`),
    issue: (description) => call<IssuedKey>('POST', '/keys', description),
    suspend: (id) => move(id, 'suspend'),
    resume: (id) => move(id, 'resume'),
    revoke: (id) => move(id, 'revoke'),
    expire: (id) => move(id, 'expire'),
  };
}

function faultsOf({ call }: Transport): Latchkey['faults'] {
  return {
    add: (fault) => call<Fault>('POST', '/faults', fault),
    list: async () => (await call<{ faults: Fault[] }>('GET', '/faults')).faults,
    remove: async (id) => void (await call('DELETE', `/faults/${encodeURIComponent(id)}`)),
    clear: async () => void (await call('DELETE', '/faults')),
  };
}

/** The calls that look at a world: its requests, its events, its agenda, whether a secret would be accepted. */
function observationsOf(transport: Transport) {
  const { call } = transport;
  return {
    tls: () => call<Tls>('GET', '/tls'),
    introspect: (secret, provider) =>
      call<Introspection>('POST', '/introspect', { secret, ...(provider !== undefined && { provider }) }),
    requests: async (filter = {}) => (await call<{ requests: JournalEntry[] }>('GET', `/requests${queryOf(filter)}`)).requests,
    countRequests: (filter = {}) => call<RequestCount>('GET', `/requests/count${queryOf(filter)}`),
    explain: (id) => call<ExplainedEntry>('GET', `/requests/${encodeURIComponent(id)}`),
    clearRequests: async () => void (await call('DELETE', '/requests')),
    events: (options = {}) => eventsOf(transport, options),
    agenda: async () => (await call<{ events: AgendaEvent[] }>('GET', '/agenda')).events,
  } satisfies Partial<Latchkey>;
}

/** The calls that change a world as a whole. */
function stateOf({ call, bytes }: Transport) {
  return {
    reset: async (to = 'seed') => void (await call('POST', '/reset', { to })),
    snapshot: () => bytes('GET', '/snapshot'),
    restore: async (snapshot) => void (await bytes('PUT', '/snapshot', snapshot)),
  } satisfies Partial<Latchkey>;
}

function nameOf(url: string): string {
  return /\/~([^/]+)$/.exec(url)?.[1] ?? 'default';
}

function queryOf(filter: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.append(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, map: (value: V, name: string) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
