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
  Tls,
} from './types.ts';

/** What `GET /credentials` answers. */
export type CredentialsByProvider = Readonly<
  Record<string, { readonly url: string; readonly credentials: readonly Credential[] }>
>;

/**
 * The client of one world. `end` ends what was started with it. A world that is named may not be there yet, so it is taken to
 * have the credentials that worlds have there: `elsewhere`.
 */
export function clientOf(
  transport: Transport,
  seeded: CredentialsByProvider,
  end: () => Promise<void>,
  elsewhere: CredentialsByProvider = seeded,
): Latchkey {
  const { call } = transport;
  const move = (id: string, to: string) => call<Key>('POST', `/keys/${encodeURIComponent(id)}/${to}`);
  return {
    url: transport.url,
    urls: mapValues(seeded, (_, provider) => `${transport.url}/${provider}`),
    credentials: mapValues(seeded, ({ credentials }) => Object.fromEntries(credentials.map((one) => [one.name, one]))),
    clock: {
      read: () => call<ClockReading>('GET', '/clock'),
      set: (now) => call<ClockReading>('PUT', '/clock', { now }),
      advance: (by) => call<ClockReading>('POST', '/clock/advance', { by }),
      freeze: () => call<ClockReading>('POST', '/clock/freeze'),
      resume: () => call<ClockReading>('POST', '/clock/resume'),
      edge: (key, offset = '0s') => call<ClockReading>('POST', '/clock/edge', { key, event: 'expiry', offset }),
    },
    keys: {
      list: async (filter = {}) => (await call<{ keys: Key[] }>('GET', `/keys${queryOf(filter)}`)).keys,
      get: (id) => call<Key>('GET', `/keys/${encodeURIComponent(id)}`),
      issue: (description) => call<IssuedKey>('POST', '/keys', description),
      suspend: (id) => move(id, 'suspend'),
      resume: (id) => move(id, 'resume'),
      revoke: (id) => move(id, 'revoke'),
      expire: (id) => move(id, 'expire'),
    },
    faults: {
      add: (fault) => call<Fault>('POST', '/faults', fault),
      list: async () => (await call<{ faults: Fault[] }>('GET', '/faults')).faults,
      remove: async (id) => void (await call('DELETE', `/faults/${encodeURIComponent(id)}`)),
      clear: async () => void (await call('DELETE', '/faults')),
    },
    tls: () => call<Tls>('GET', '/tls'),
    introspect: (secret, provider) =>
      call<Introspection>('POST', '/introspect', { secret, ...(provider !== undefined && { provider }) }),
    requests: async (filter = {}) => (await call<{ requests: JournalEntry[] }>('GET', `/requests${queryOf(filter)}`)).requests,
    explain: (id) => call<ExplainedEntry>('GET', `/requests/${encodeURIComponent(id)}`),
    events: (options = {}) => eventsOf(transport, options),
    clearRequests: async () => void (await call('DELETE', '/requests')),
    agenda: async () => (await call<{ events: AgendaEvent[] }>('GET', '/agenda')).events,
    reset: async (to = 'seed') => void (await call('POST', '/reset', { to })),
    snapshot: () => transport.bytes('GET', '/snapshot'),
    restore: async (snapshot) => void (await transport.bytes('PUT', '/snapshot', snapshot)),
    // A world has nothing of its own that would have to be ended: it lives as long as the latchkey.
    world: (name) => clientOf(transport.of(name), elsewhere, async () => undefined),
    createWorld: async (name, seed) => {
      await call('PUT', `/worlds/${encodeURIComponent(name)}`, { seed });
      const created = transport.of(name);
      const own = await created.call<CredentialsByProvider>('GET', '/credentials');
      return clientOf(created, own, async () => undefined, elsewhere);
    },
    drop: async () => void (await call('DELETE', `/worlds/${nameOf(transport.url)}`)),
    close: end,
    [Symbol.asyncDispose]: end,
  };
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
