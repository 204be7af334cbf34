import { URLSearchParams } from 'node:url';
import { eventsOf } from './events.ts';
import type { Transport } from './transport.ts';
import type {
  AgendaEvent,
  ClockReading,
  Credential,
  Credentials,
  EmulatedProvider,
  ExplainedEntry,
  Fault,
  Introspection,
  IssuedKey,
  JournalEntry,
  Key,
  Latchkey,
  MutantReport,
  ProviderName,
  Readiness,
  Replica,
  RequestCount,
  Snippet,
  Tls,
} from './types.ts';

/** The answer of `GET /credentials`. */
export type CredentialsByProvider = Readonly<
  Record<ProviderName, { readonly url: string; readonly credentials: readonly Credential[] }>
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
    credentials: named(seeded),
    clock: clockOf(transport),
    keys: keysOf(transport),
    faults: faultsOf(transport),
    ...observationsOf(transport),
    ...stateOf(transport),
    // A world need not be ended: it lives as long as the latchkey.
    world: (name) => clientOf(transport.of(name), elsewhere, async () => undefined),
    createWorld: async (name, seed) => {
      await transport.call<{ name: string }>('PUT', `/worlds/${encodeURIComponent(name)}`, ['name'], { seed });
      const created = transport.of(name);
      const own = await created.call<CredentialsByProvider>('GET', '/credentials', []);
      return clientOf(created, own, async () => undefined, elsewhere);
    },
    seed: async (seed) => {
      await transport.call<{ worlds: string[] }>('POST', '/seed', ['worlds'], seed === undefined ? {} : { seed });
      const own = await transport.call<CredentialsByProvider>('GET', '/credentials', []);
      // Without a seed it was that of the latchkey, which all worlds have that are made from now on.
      return clientOf(transport, own, end, seed === undefined ? own : elsewhere);
    },
    drop: async () => void (await transport.call<{ dropped: string }>('DELETE', `/worlds/${nameOf(transport.url)}`, ['dropped'])),
    close: end,
    [Symbol.asyncDispose]: end,
  };
}

const clockFields = ['now', 'frozen', 'offsetMs'] as const;
const keyFields = ['id', 'provider', 'state'] as const;
const faultFields = ['id', 'effect', 'hits'] as const;

function clockOf({ call }: Transport): Latchkey['clock'] {
  const move = (method: string, path: string, body?: object) => call<ClockReading>(method, `/clock${path}`, clockFields, body);
  return {
    read: () => move('GET', ''),
    set: (now, { frozen } = {}) => move('PUT', '', { now, frozen }),
    advance: (by) => move('POST', '/advance', { by }),
    freeze: () => move('POST', '/freeze'),
    resume: () => move('POST', '/resume'),
    edge: (key, offset = '0s') => move('POST', '/edge', { key, event: 'expiry', offset }),
  };
}

function keysOf({ call }: Transport): Latchkey['keys'] {
  const move = (id: string, to: string) => call<Key>('POST', `/keys/${encodeURIComponent(id)}/${to}`, keyFields);
  return {
    list: async (filter = {}) => (await call<{ keys: Key[] }>('GET', `/keys${queryOf(filter)}`, ['keys'])).keys,
    get: (id) => call<Key>('GET', `/keys/${encodeURIComponent(id)}`, keyFields),
    issue: (description) => call<IssuedKey>('POST', '/keys', ['key', 'secret', 'credential'], description),
    successor: (id, terms = {}) =>
      call<IssuedKey>('POST', `/keys/${encodeURIComponent(id)}/successor`, ['key', 'secret', 'credential'], terms),
    suspend: (id) => move(id, 'suspend'),
    resume: (id) => move(id, 'resume'),
    revoke: (id) => move(id, 'revoke'),
    expire: (id) => move(id, 'expire'),
  };
}

function faultsOf({ call }: Transport): Latchkey['faults'] {
  return {
    add: (fault) => call<Fault>('POST', '/faults', faultFields, fault),
    list: async () => (await call<{ faults: Fault[] }>('GET', '/faults', ['faults'])).faults,
    remove: async (id) => void (await call<{ removed: string }>('DELETE', `/faults/${encodeURIComponent(id)}`, ['removed'])),
    clear: async () => void (await call<{ cleared: true }>('DELETE', '/faults', ['cleared'])),
  };
}

/** The calls that look at a world: its requests, its events, its agenda, whether a secret would be accepted. */
function observationsOf(transport: Transport) {
  const { call } = transport;
  return {
    ready: () => call<Readiness>('GET', '/ready', ['status'], undefined, 503),
    tls: () => call<Tls>('GET', '/tls', ['url', 'ca']),
    providers: async () => (await call<{ providers: EmulatedProvider[] }>('GET', '/providers', ['providers'])).providers,
    replicas: async () => (await call<{ replicas: Replica[] }>('GET', '/replicas', ['replicas'])).replicas,
    snippets: async () => (await call<{ snippets: Snippet[] }>('GET', '/snippets', ['snippets'])).snippets,
    mutant: () => call<MutantReport>('GET', '/mutant', ['mutant', 'acted', 'evidence']),
    introspect: (secret, provider) =>
      call<Introspection>('POST', '/introspect', ['active', 'reason', 'key'], {
        secret,
        ...(provider !== undefined && { provider }),
      }),
    requests: async (filter = {}) =>
      (await call<{ requests: JournalEntry[] }>('GET', `/requests${queryOf(filter)}`, ['requests'])).requests,
    countRequests: (filter = {}) => call<RequestCount>('GET', `/requests/count${queryOf(filter)}`, ['count', 'forgotten']),
    explain: (id) => call<ExplainedEntry>('GET', `/requests/${encodeURIComponent(id)}`, ['id', 'explanation']),
    clearRequests: async () => void (await call<{ cleared: true }>('DELETE', '/requests', ['cleared'])),
    events: (options = {}) => eventsOf(transport, options),
    agenda: async () => (await call<{ events: AgendaEvent[] }>('GET', '/agenda', ['events'])).events,
  } satisfies Partial<Latchkey>;
}

/** The calls that change a world as a whole. */
function stateOf({ call, download, upload }: Transport) {
  return {
    reset: async (to = 'seed', { mark } = {}) => void (await call<{ to: string }>('POST', '/reset', ['to'], { to, mark })),
    mark: async (text) => void (await call<{ marked: boolean }>('POST', '/mark', ['marked'], { text })),
    snapshot: () => download('/snapshot', 'application/vnd.sqlite3'),
    restore: async (snapshot) => void (await upload<{ restored: true }>('/snapshot', ['restored'], snapshot)),
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

function mapValues<Name extends string, V, W>(
  record: Readonly<Record<Name, V>>,
  map: (value: V, name: string) => W,
): Record<Name, W>;
function mapValues(record: Readonly<Record<string, unknown>>, map: (value: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

/** The credentials by name, for this client alone: a matcher tells by them whose they are. */
function named(seeded: CredentialsByProvider): Credentials;
function named(seeded: CredentialsByProvider): object {
  return mapValues(seeded, ({ credentials }) => Object.fromEntries(credentials.map((one) => [one.name, { ...one }])));
}
