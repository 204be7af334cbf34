import type { FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey, Attributes } from '../core/api-key.ts';
import type { MaybePromise } from '../core/at-once.ts';
import { AnswerError, type EmulatorError, type ErrorCode, type PlainErrorCode } from '../core/errors.ts';
import type { KeyDraft, Keys, ProviderAdmission } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { Ledger } from './ledger.ts';
import type { Mutability } from './mutability.ts';
import type { KnownOperation } from './operations.ts';
import type { SeedCredential, SeedFormat } from './seed/format.ts';
import type { Snippet } from './snippets.ts';
import type { StoredFacts } from './stored.ts';
import type { TypedScope } from './typed-scope.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The instant of this request on its world's clock, read once and used for everything that has a time. */
    now: Instant;
    /** The keys of this request's provider and world. */
    keys: Keys;
    /** What those keys refer to: users, organisations, roles. */
    resources: ResourceStore;
    /** The operation that this request is about, if it is one that the vendor has and this emulator does not. */
    unimplemented?: KnownOperation;
    /** The key that authenticated this request; undefined on routes without authentication. */
    apiKey: ApiKey;
  }
  interface FastifyContextConfig {
    /** `none`: the route needs no key. Left out, a key is required. */
    auth?: 'none';
    /** What the provider's `authorise` demands for this route, in the provider's own words. */
    requires?: string;
  }
}

/** A provider's part of the app. */
export type ProviderScope = TypedScope;

/** An error as a provider puts it on the wire. A string goes out as it is, null as no body, anything else as JSON. */
export interface ErrorReply {
  readonly status: number;
  readonly body: string | object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a provider words the errors that it answers with. */
export interface ErrorTable {
  /** The errors of the core; a table that lacks one does not compile. */
  readonly codes: { readonly [C in ErrorCode]: (error: EmulatorError<C>, request: FastifyRequest) => ErrorReply };
  /**
   * Every error status that the real server documents or sends, for faults, which give only the status: worded like
   * the error with that code, or in words of its own.
   */
  readonly statuses: Readonly<Record<number, PlainErrorCode | ((request: FastifyRequest) => ErrorReply)>>;
  /** Changes the shape of every error, those of `WireError` included: for profiles that differ in it. If omitted: none changes. */
  readonly reshape?: (reply: ErrorReply) => ErrorReply;
}

/** An error that only one provider knows, thrown by the provider itself. */
export class WireError extends AnswerError {
  override readonly name = 'WireError';
  readonly reply: ErrorReply;

  constructor(reply: ErrorReply) {
    super(`answer ${reply.status}`);
    this.reply = reply;
  }
}

/** What a provider may ask about a request that matched no route. */
export interface Unrouted {
  /** The methods that its path does have, sorted. */
  readonly allowed: readonly string[];
  /** The methods of another path, provider prefix included: for servers that redirect to a path that they do have. */
  methodsAt(path: string): readonly string[];
  /**
   * A path as it is registered for a method, provider prefix included: what is fixed in it in the registered case. Undefined
   * if it has another difference too.
   */
  registeredAs(path: string, method: string): string | undefined;
  /** Checks the credential as on a route that requires a key. Throws the refusal. */
  authenticate(): MaybePromise<ApiKey>;
}

/** How a credential is presented, as OpenAPI describes it. */
export type SecurityScheme =
  | { readonly type: 'apiKey'; readonly in: 'header' | 'cookie'; readonly name: string; readonly description?: string }
  | { readonly type: 'http'; readonly scheme: 'bearer'; readonly bearerFormat?: string; readonly description?: string };

/** What a provider's secrets look like, so that they can be kept out of the journal and of error messages. */
export interface SecretFacts {
  /** Finds secrets in a text; global. Its repetitions are bounded, so that no text takes long to search. */
  readonly pattern: RegExp;
  /** Names of fields that carry secrets, of any shape. */
  readonly fields: readonly string[];
  /** Names of fields whose values are not shown even in part. */
  readonly passwords: readonly string[];
  /** The fragment of a secret that may be shown. */
  hint(secret: string): string;
}

/** The base URLs of a provider. */
export interface Bases {
  readonly http: string;
  /** Undefined if https is not served. */
  readonly https: string | undefined;
}

/** What is true of a provider in every profile: data about the real service. */
export interface ProviderFacts {
  /** The name of its folder, of its path prefix, of its flags and of its part of the store. */
  readonly name: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  /**
   * Paths at the root of the shared port that belong to this provider, with everything below them; `/` means only the root. Those of
   * its operations belong to it in any case.
   */
  readonly owns: readonly string[];
  /** Host names of the real service; `*.` stands for any sub-domain. */
  readonly hosts: readonly string[];
  /** OpenAPI security schemes by name. */
  readonly security: Readonly<Record<string, SecurityScheme>>;
  readonly secrets: SecretFacts;
  /** What it stores, so that a snapshot or a database that comes from outside can be checked before it is used. */
  readonly stored: StoredFacts;
  /** The media type of JSON answers, exactly as the real service sends it. */
  readonly jsonMediaType: string;
  /** Operations of the vendor's specification that are not emulated: they answer 501. */
  readonly unimplemented: readonly KnownOperation[];
  /** How it can be made to fail on purpose. */
  readonly mutability: Mutability;
  /** The environment variables that the vendor's own clients read, for base URLs and a credential. */
  environment(bases: Bases, credential: SeedCredential | undefined): Readonly<Record<string, string>>;
  /** Loads the ledger, which no request needs: what is known of the real service, and how. */
  loadLedger(): Promise<Ledger>;
  /** Loads what to copy into a program that uses it. */
  loadSnippets(): Promise<readonly Snippet[]>;
}

/** An entry of an audit trail, as some real services keep one for their customers. */
export interface AuditEvent {
  readonly at: Instant;
  /** The event's name: `API_KEY_CREATED`. */
  readonly event: string;
  /** Tells it apart from other events of this name at this instant. */
  readonly id: string;
  readonly severity: 'INFO' | 'ERROR';
  /** The other fields, by the names that the service gives them; never a secret. */
  readonly fields: Attributes;
}

/** The last event before a part of an audit trail. */
export type AuditPlace = Pick<AuditEvent, 'at' | 'event' | 'id'>;

/** A part of an audit trail. */
export interface AuditPage {
  /** Oldest first; those of one instant in an order of the provider's that does not change. */
  readonly events: readonly AuditEvent[];
  /** The number of events in the whole trail. */
  readonly total: number;
}

/** What may differ between a provider's profiles: how it reads requests, decides and answers. */
export interface ProviderBehaviour {
  /** Rewrites a path (without query) to the one that is routed, where the real router is lenient. */
  normalizePath?(path: string): string;
  /** Reads a query string (without `?`) as the real server does. If omitted: like an HTML form, with repeated names as arrays. */
  parseQuery?(query: string): Record<string, unknown>;
  /** Changes JSON text before it is sent: to the escapes, newlines and indentation of the real encoder. */
  encodeJson?(json: string, request: FastifyRequest): string;
  /** Adds content-type parsers and hooks to the provider's scope, before authentication. */
  prepare?(scope: ProviderScope): void;
  /** Throws if our router matched a request and the real one, which is stricter, would not. */
  checkRoute?(request: FastifyRequest): void;
  /** Finds the secret that a request carries. Throws credential_missing or credential_malformed. */
  readCredential(request: FastifyRequest): string;
  /** The part of a presented secret that is looked up. If omitted: all of it. */
  normalizeSecret?(presented: string): string;
  /**
   * Runs once a key is accepted: checks that it came in the way of its kind. Throws credential_malformed. If omitted: there is one
   * way only.
   */
  checkPresentation?(request: FastifyRequest): void;
  /**
   * Runs once a key is accepted: loads its principal and checks what the route `requires` (undefined if the route says
   * nothing). Throws permission_denied or a WireError.
   */
  authorise?(request: FastifyRequest, requires: string | undefined): MaybePromise<void>;
  /** Answers a request that matched no route, by throwing. If omitted: method_not_allowed or route_not_found. */
  refuseUnrouted?(request: FastifyRequest, unrouted: Unrouted): Promise<never>;
  readonly errors: ErrorTable;
  /** What grants a `requires` of this provider, for explanations: `the role admin`. If omitted, or undefined: not said. */
  grantedBy?(requires: string): string | undefined;
  /** The value of `requires` on a route that any accepted key may call. If omitted: such a route has no `requires`. */
  readonly requiresNothing?: string;
  routes(scope: ProviderScope): void;
  /** How the provider's seeds are written, and the built-in ones. */
  readonly seeds: SeedFormat;
  /** The limits on a further key, as its creation has them: of its owner, its organisation, its name. If omitted: none. */
  admissionOf?(draft: KeyDraft, resources: ResourceStore): Promise<ProviderAdmission | undefined>;
  /**
   * The audit trail that the real service keeps: at most `limit` events after a place, or its first ones. If omitted: it keeps
   * none.
   */
  auditTrail?(keys: Keys, resources: ResourceStore, after: AuditPlace | undefined, limit: number): Promise<AuditPage>;
}

export type Profiles<P> = Readonly<Record<string, P>> | ReadonlyMap<string, P>;

/**
 * What a provider's folder hands to `defineProvider`. `P` is what its profiles differ in: each profile is one complete
 * real version of the server, and all its differences are in that one value.
 */
export interface ProviderDefinition<P> extends ProviderFacts {
  /** By name, the default first. A Map if names are whole numbers (years): an object would sort those. */
  readonly profiles: Profiles<P>;
  emulate(profile: P): ProviderBehaviour;
}

/** What a provider's folder exports: the provider before one of its profiles is chosen by name. */
export interface ProviderModule extends ProviderFacts {
  /** The names of its profiles, the default first. */
  readonly profiles: readonly string[];
  /** The provider in one of its profiles. Throws RangeError for a name that it does not have. */
  emulate(profile: string): Provider;
}

/** A provider in one of its profiles: what the rest of the program works with. */
export interface Provider extends ProviderFacts, ProviderBehaviour {
  /** The name of this profile. */
  readonly profile: string;
  /** The names of all its profiles, the default first. */
  readonly profiles: readonly string[];
}

/** Makes the default export of a provider's folder. */
export function defineProvider<P>({ profiles, emulate, ...facts }: ProviderDefinition<P>): ProviderModule {
  const byName = isMap(profiles) ? profiles : new Map(Object.entries(profiles));
  const names = [...byName.keys()];
  return {
    ...facts,
    profiles: names,
    emulate(name) {
      const profile = byName.get(name);
      if (profile === undefined) throw new RangeError(`${facts.name} has no profile ${name}`);
      return { ...facts, ...emulate(profile), profile: name, profiles: names };
    },
  };
}

function isMap<P>(profiles: Profiles<P>): profiles is ReadonlyMap<string, P> {
  return profiles instanceof Map;
}
