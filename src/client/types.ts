/** What a running latchkey tells. Instants are RFC 3339; durations are Go-style (`720h`) or ISO 8601 (`P30D`). */

/** Something that authenticates, and what presents it. */
export interface Credential {
  readonly name: string;
  /** Null for somebody who has no key yet. */
  readonly secret: string | null;
  /** The header that presents the secret; null when there is none. */
  readonly header: { readonly name: string; readonly value: string } | null;
  /** What to log in with, where the provider has a log-in: the fields of its request. */
  readonly login?: Readonly<Record<string, string>>;
  readonly description: string;
}

export type KeyState = 'active' | 'suspended' | 'revoked' | 'expired';

/** A stored key. Its secret is shown when it is issued, and never again. */
export interface Key {
  readonly id: string;
  readonly provider: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string | null;
  readonly hint: string;
  /** Effective at that instant of the world's clock. */
  readonly state: KeyState;
  readonly grants: { readonly roles?: readonly string[]; readonly scopes?: readonly string[] };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** A key that was just issued. */
export interface IssuedKey {
  readonly key: Key;
  readonly secret: string;
  readonly credential: Credential;
}

/** A key as a seed describes it: the further fields are those of a key in `seed.schema.json`. */
export interface KeyDescription {
  readonly provider: string;
  readonly [field: string]: unknown;
}

/** What a world begins with, as a seed file holds it: see `seed.schema.json`. What it says nothing of is built in. */
export type Seed = Readonly<Record<string, unknown>>;

export interface ClockReading {
  readonly now: string;
  readonly frozen: boolean;
  /** How far the clock is from real time. */
  readonly offsetMs: number;
}

/** Whether a secret would be accepted now. */
export interface Introspection {
  readonly active: boolean;
  readonly provider: string | null;
  readonly reason: string | null;
  readonly key: Key | null;
}

/** A request in the journal. */
export interface JournalEntry {
  readonly id: string;
  readonly at: string;
  readonly provider: string;
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  /** 0 where the connection was broken instead. */
  readonly status: number;
  /** Id of the key that the credential belongs to, accepted or not. */
  readonly key: string | null;
  readonly credential: string | null;
  readonly code: string | null;
  readonly fault: string | null;
  readonly durationMs: number;
}

/** The same with what was said, and why it was answered so. */
export interface ExplainedEntry extends JournalEntry {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  readonly explanation: { readonly verdict: string; readonly sentence: string; readonly [fact: string]: unknown };
}

/** Which requests are meant. Every part that is given must hold. */
export interface RequestFilter {
  readonly provider?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly key?: string;
  readonly since?: string;
  readonly limit?: number;
}

/** Which keys are meant. Every part that is given must hold. */
export interface KeyFilter {
  readonly provider?: string;
  readonly state?: KeyState;
  readonly tenant?: string;
  readonly owner?: string;
  readonly limit?: number;
}

/** What a fault does. Several effects at once act in this order. */
export interface FaultEffect {
  readonly delay?: string;
  readonly reset?: true;
  readonly retryAfter?: number;
  readonly status?: number;
  readonly code?: string;
  readonly respond?: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
  readonly dropResponse?: true;
  readonly slowBody?: string;
  readonly truncate?: true;
  readonly propagation?: { readonly issue?: string; readonly revoke?: string };
}

/** A failure that is to happen. */
export interface FaultDraft {
  /** Every part that is given must hold; left out: every request. */
  readonly match?: {
    readonly provider?: string;
    readonly operation?: string;
    readonly method?: string;
    readonly path?: string;
    readonly key?: string;
    readonly credential?: string;
  };
  readonly effect: FaultEffect;
  /** So many matching requests are spared first (default 0). */
  readonly skip?: number;
  /** So many are hit then (default 1); null: all. */
  readonly times?: number | null;
  /** How long it lives, in real time (default 60s). */
  readonly ttl?: string;
}

export interface Fault {
  readonly id: string;
  readonly match: NonNullable<FaultDraft['match']>;
  readonly effect: FaultEffect;
  readonly skip: number;
  readonly times: number | null;
  readonly ttlMs: number;
  /** Requests that it has hit. */
  readonly hits: number;
}

/** How https is served. */
export interface Tls {
  /** What comes before every path of this world, over https. */
  readonly url: string;
  /** The certificate that a client has to trust, as PEM; null where latchkey was given one. */
  readonly ca: string | null;
}

/** Something that the clock will bring about. */
export interface AgendaEvent {
  readonly at: string;
  readonly event: string;
  readonly key: Key;
}

/** What an event tells, by its type. */
export interface EventData {
  readonly request: JournalEntry;
  readonly key: { readonly at: string; readonly transition: string; readonly key: Key };
  readonly clock: ClockReading;
  readonly fault: { readonly at: string; readonly [fact: string]: unknown };
  readonly reset: { readonly at: string; readonly [fact: string]: unknown };
}

export type EventType = keyof EventData;

/** Something that happened in a world. */
export type LatchkeyEvent<T extends EventType = EventType> = {
  [K in T]: { readonly id: number; readonly type: K; readonly data: EventData[K] };
}[T];

export interface EventOptions<T extends EventType> {
  /** Left out: all of them. */
  readonly types?: readonly T[];
}

/** Events as they happen, from the call on. They end when the iteration is left, when they are closed, and when the latchkey stops. */
export interface EventStream<T extends EventType> extends AsyncIterable<LatchkeyEvent<T>> {
  /** Resolves once every further event will be heard. */
  readonly listening: Promise<void>;
  close(): void;
}

/** A world of a running latchkey: its own keys, clock, journal and faults. */
export interface Latchkey {
  /** What comes before every path of this world: `http://127.0.0.1:5282`, or `…/~name`. */
  readonly url: string;
  /** The base URL of each provider, by its name: what a client of that provider is given. */
  readonly urls: Readonly<Record<string, string>>;
  /** The seeded credentials, by provider and name: `credentials.rockset.admin.secret`. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, Credential>>>>;
  readonly clock: {
    read(): Promise<ClockReading>;
    /** Puts the clock at an instant; frozen stays frozen. */
    set(now: string): Promise<ClockReading>;
    /** Moves the clock by a duration, which may be negative; frozen stays frozen. */
    advance(by: string): Promise<ClockReading>;
    freeze(): Promise<ClockReading>;
    resume(): Promise<ClockReading>;
    /** Freezes exactly at a key's expiry, or so far from it: `-1ms` is just before. */
    edge(key: string, offset?: string): Promise<ClockReading>;
  };
  readonly keys: {
    list(filter?: KeyFilter): Promise<readonly Key[]>;
    get(id: string): Promise<Key>;
    /** Issues a key in any state, described as in a seed. */
    issue(description: KeyDescription): Promise<IssuedKey>;
    suspend(id: string): Promise<Key>;
    resume(id: string): Promise<Key>;
    revoke(id: string): Promise<Key>;
    expire(id: string): Promise<Key>;
  };
  readonly faults: {
    add(fault: FaultDraft): Promise<Fault>;
    list(): Promise<readonly Fault[]>;
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
  };
  /** Where it answers to https. Throws LatchkeyError where it does not. */
  tls(): Promise<Tls>;
  /** Whether a secret would be accepted now, without using it. */
  introspect(secret: string, provider?: string): Promise<Introspection>;
  /** The last requests, the newest first. */
  requests(filter?: RequestFilter): Promise<readonly JournalEntry[]>;
  /** Why a request was answered as it was. */
  explain(id: string): Promise<ExplainedEntry>;
  clearRequests(): Promise<void>;
  /** What happens from now on: `for await (const { data } of lk.events({ types: ['request'] })) …`. */
  events<T extends EventType = EventType>(options?: EventOptions<T>): EventStream<T>;
  /** What the clock will bring about, the next one first. */
  agenda(): Promise<readonly AgendaEvent[]>;
  /** Everything as at the start; `empty` leaves the first administrators alone. */
  reset(to?: 'seed' | 'empty'): Promise<void>;
  /** All keys and what they refer to, as an SQLite file. */
  snapshot(): Promise<Uint8Array>;
  /** Puts a snapshot in the place of everything. */
  restore(snapshot: Uint8Array): Promise<void>;
  /**
   * Another world of the same latchkey, made on its first use with the same seed. Of one that has a seed of its own
   * `createWorld`, or `connect` to its URL, knows the credentials.
   */
  world(name: string): Latchkey;
  /** A new world with a seed of its own. Throws LatchkeyError where there is one of that name, and for a seed that cannot be used. */
  createWorld(name: string, seed: Seed): Promise<Latchkey>;
  /** Ends this world and forgets it. The default one can only be reset. */
  drop(): Promise<void>;
  /** Ends what was started here; a latchkey that was only connected to runs on. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
