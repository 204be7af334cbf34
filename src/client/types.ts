import type { Emulated } from './emulated.ts';
import type { Fault, FaultChange, FaultDraft } from './fault.ts';
import type { ExplainedEntry, JournalEntry, RequestCount, RequestFilter } from './journal.ts';
import type { Key, KeyKind, KeyState } from './key.ts';
import type { MutantReport } from './mutant.ts';
import type { ProviderName } from './names.ts';

// The types of what the control plane answers and takes. Instants are RFC 3339; durations are Go-style (`720h`) or ISO 8601
// (`P30D`). test/client/types.test.ts compares these types with the control plane's schemas.

export type * from './error-code.ts';
export type * from './explanation.ts';
export type * from './fault.ts';
export type * from './journal.ts';
export type * from './key.ts';
export type * from './mutant.ts';
export type * from './names.ts';

/** Something that authenticates, and what presents it. */
export interface Credential {
  readonly name: string;
  /** Null for a user who has no key yet. */
  readonly secret: string | null;
  /** The header that presents the secret; null if there is no secret. */
  readonly header: { readonly name: string; readonly value: string } | null;
  /** What to log in with, if the provider has a log-in: the fields of its request. */
  readonly login?: Readonly<Record<string, string>>;
  readonly description: string;
  /** Id of the key whose secret it is; null without a secret. */
  readonly key: string | null;
}

/** A credential that has a secret. */
export interface SecretCredential extends Credential {
  readonly secret: string;
  readonly header: { readonly name: string; readonly value: string };
}

/** The seeded credentials, by provider and name. Those of the built-in seed are known by name; a seed of your own may have others. */
export type Credentials = {
  readonly [P in ProviderName]: Readonly<Record<string, Credential>> & {
    readonly [Name in Emulated[P]['withSecret']]: SecretCredential;
  };
};

/** A key that has just been issued. */
export interface IssuedKey {
  readonly key: Key;
  readonly secret: string;
  readonly credential: SecretCredential;
}

/** A key as a seed describes it: the further fields are those of a key in `seed.schema.json`. */
export interface KeyDescription {
  readonly provider: ProviderName;
  readonly [field: string]: unknown;
}

/** What is asked of the key that follows another. */
export interface SuccessorTerms {
  /** If omitted: the name of the key, or the next free one after it where the provider allows each name once. */
  readonly name?: string;
  /** If omitted: it lives as long as the key. */
  readonly expiresIn?: string;
}

/** What a world begins with, as in a seed file: see `seed.schema.json`. A provider that it leaves out has its built-in seed. */
export type Seed = Readonly<Record<string, unknown>>;

export interface ClockReading {
  readonly now: string;
  readonly frozen: boolean;
  /** How far the clock is ahead of real time. */
  readonly offsetMs: number;
}

/** Whether a secret would be accepted now. */
export interface Introspection {
  readonly active: boolean;
  readonly provider: ProviderName | null;
  readonly reason: 'key_unknown' | 'key_expired' | 'key_suspended' | 'key_revoked' | null;
  readonly key: Key | null;
}

/** Selects keys. Every part that is given must hold. */
export interface KeyFilter {
  readonly provider?: ProviderName;
  readonly state?: KeyState;
  readonly tenant?: string;
  /** As a key shows it, or as `issue` takes it. */
  readonly owner?: string;
  readonly kind?: KeyKind;
  /** A part of the name, the owner, the hint or the id, in either case. */
  readonly q?: string;
  /**
   * By issue; by expiry, the next one first and those that never expire last; by last use, the last one first and unused keys last.
   * If omitted: in the order in which latchkey got them.
   */
  readonly order?: 'created' | 'expiry' | 'used';
  readonly limit?: number;
}

/** Whether a latchkey should be sent requests. */
export type Readiness = { readonly status: 'ready' } | { readonly status: 'not ready'; readonly reason: string };

/** How https is served. */
export interface Tls {
  /** The base URL of this world over https. */
  readonly url: string;
  /** The certificate that a client has to trust, as PEM; null if latchkey was given its certificate. */
  readonly ca: string | null;
}

/** A process that serves the worlds of a latchkey. */
export interface Replica {
  /** No other one that lives has it. */
  readonly number: number;
  readonly version: string;
  /** When it was started, in real time. */
  readonly since: string;
  /** Whether it has answered this call. */
  readonly isAnswering: boolean;
}

/** A provider that a latchkey emulates. */
export interface EmulatedProvider {
  readonly name: ProviderName;
  readonly profile: string;
  /** The default first. */
  readonly profiles: readonly string[];
  readonly operations: readonly { readonly id: string; readonly method: string; readonly path: string }[];
  /** Known but not emulated: answered with 501. */
  readonly unimplemented: readonly { readonly id: string; readonly method: string; readonly path: string }[];
}

/** A few lines that call a provider with a client, to be copied. */
export interface Snippet {
  readonly provider: ProviderName;
  /** The client's name: `curl`, `@rockset/client`. */
  readonly client: string;
  readonly language: 'shell' | 'javascript' | 'python' | 'go' | 'java';
  /** How the client is installed; null if it is there already. */
  readonly install: string | null;
  /** With `{{base}}` for the base URL of the provider and `{{secret}}` for a secret. */
  readonly code: string;
}

/** An event that the clock will bring about. */
export interface AgendaEvent {
  readonly at: string;
  readonly event: 'expiry' | 'issue seen' | 'revocation seen';
  readonly key: Key;
}

/** What may happen to a key in its life. */
export type KeyTransition = 'issued' | 'used first' | 'suspended' | 'resumed' | 'expired' | 'revoked' | 'changed';

/** The data of an event, by its type. */
export interface EventData {
  readonly request: JournalEntry;
  readonly key: { readonly at: string; readonly transition: KeyTransition; readonly key: Key };
  readonly clock: ClockReading;
  /** The fault, after the change, with its id as `fault`. A reset removes all without such an event. */
  readonly fault: Omit<Fault, 'id'> & { readonly at: string; readonly change: FaultChange; readonly fault: string };
  readonly reset: { readonly at: string; readonly [fact: string]: unknown };
}

export type EventType = keyof EventData;

/** Something that happened in a world. */
export type LatchkeyEvent<T extends EventType = EventType> = {
  [K in T]: { readonly id: number; readonly type: K; readonly data: EventData[K] };
}[T];

export interface EventOptions<T extends EventType> {
  /** If omitted: all types. */
  readonly types?: readonly T[];
}

/** Events as they happen, from the call on. They end when the loop is left, when `close` is called, and when the latchkey stops. */
export interface EventStream<T extends EventType> extends AsyncIterable<LatchkeyEvent<T>> {
  /** Resolves once the latchkey sends every further event. */
  readonly listening: Promise<void>;
  close(): void;
}

/** A world of a running latchkey: its own keys, clock, journal and faults. */
export interface Latchkey {
  /** The base URL of this world: `http://127.0.0.1:5282`, or `…/~name`. */
  readonly url: string;
  /** The base URL of each provider, by its name: for the clients of that provider. */
  readonly urls: Readonly<Record<ProviderName, string>>;
  /** The seeded credentials, by provider and name: `credentials.rockset.admin.secret`. */
  readonly credentials: Credentials;
  readonly clock: {
    read(): Promise<ClockReading>;
    /** Sets the clock to an instant, and freezes it or lets it run in the same move; left out: a frozen clock stays frozen. */
    set(now: string, options?: { readonly frozen?: boolean | undefined }): Promise<ClockReading>;
    /** Moves the clock by a duration, which may be negative; a frozen clock stays frozen. */
    advance(by: string): Promise<ClockReading>;
    freeze(): Promise<ClockReading>;
    resume(): Promise<ClockReading>;
    /** Freezes the clock exactly at a key's expiry, or at an offset from it: `-1ms` is just before. */
    edge(key: string, offset?: string): Promise<ClockReading>;
  };
  readonly keys: {
    list(filter?: KeyFilter): Promise<readonly Key[]>;
    get(id: string): Promise<Key>;
    /** Issues a key in any state, described as in a seed. */
    issue(description: KeyDescription): Promise<IssuedKey>;
    /** Issues a key like another: same owner, tenant and grants, within the provider's own limits. */
    successor(id: string, terms?: SuccessorTerms): Promise<IssuedKey>;
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
  /** Whether further requests should be sent to the latchkey: not while it stops. */
  ready(): Promise<Readiness>;
  /** Where https is served. Throws LatchkeyError if it is not. */
  tls(): Promise<Tls>;
  /** The providers that are emulated, with their operations. */
  providers(): Promise<readonly EmulatedProvider[]>;
  /** The processes that serve the worlds together; one, unless several share a PostgreSQL. */
  replicas(): Promise<readonly Replica[]>;
  /** What to copy into a program that uses a provider. */
  snippets(): Promise<readonly Snippet[]>;
  /** How the latchkey was started to err on purpose, and what came of it in all worlds. Throws LatchkeyError if it was not. */
  mutant(): Promise<MutantReport>;
  /** Whether a secret would be accepted now, without using it. */
  introspect(secret: string, provider?: ProviderName): Promise<Introspection>;
  /** The last requests, the newest first. */
  requests(filter?: RequestFilter): Promise<readonly JournalEntry[]>;
  /** How many of the last requests there are, and how many the journal has forgotten. */
  countRequests(filter?: Omit<RequestFilter, 'limit'>): Promise<RequestCount>;
  /** Why a request was answered as it was. */
  explain(id: string): Promise<ExplainedEntry>;
  clearRequests(): Promise<void>;
  /** The events from now on: `for await (const { data } of lk.events({ types: ['request'] })) …`. */
  events<T extends EventType = EventType>(options?: EventOptions<T>): EventStream<T>;
  /** The events that the clock will bring about, the next one first. */
  agenda(): Promise<readonly AgendaEvent[]>;
  /** Brings everything back to the start; `empty` leaves only the first administrators. Further requests have the mark, or none. */
  reset(to?: 'seed' | 'empty', options?: { readonly mark?: string | undefined }): Promise<void>;
  /** Says what further requests belong to, such as the name of a test (at most 500 characters): their journal entries have it. Null: to nothing. */
  mark(text: string | null): Promise<void>;
  /**
   * Takes a seed for this world, or without one has the seed file of the latchkey read again, and resets; a seed that cannot be used
   * changes nothing. Returns the client of this world that knows the new credentials. Throws LatchkeyError.
   */
  seed(seed?: Seed): Promise<Latchkey>;
  /** All keys and what they refer to, as an SQLite file. */
  snapshot(): Promise<Uint8Array>;
  /** Replaces everything by a snapshot. */
  restore(snapshot: Uint8Array): Promise<void>;
  /**
   * Another world of the same latchkey, made on its first use with the same seed. For a world with a seed of its own, use
   * `createWorld`, or `connect` to its URL: they know its credentials.
   */
  world(name: string): Latchkey;
  /** Makes a world with a seed of its own. Throws LatchkeyError if the name is taken, and for a seed that cannot be used. */
  createWorld(name: string, seed: Seed): Promise<Latchkey>;
  /** Ends this world and forgets it. The default world can only be reset. */
  drop(): Promise<void>;
  /** Ends what was started here; a latchkey that was only connected to keeps running. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
