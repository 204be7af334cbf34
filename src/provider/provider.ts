import type { FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey, Attributes } from '../core/api-key.ts';
import type { EmulatorError, ErrorCode, PlainErrorCode } from '../core/errors.ts';
import type { KeyService } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { Ledger } from './ledger.ts';
import type { KnownOperation } from './operations.ts';
import type { SeedCredential, SeedFormat } from './seed/format.ts';
import type { TypedScope } from './typed-scope.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The instant of this request on its world's clock: read once, used for everything that has a time. */
    now: Instant;
    /** The keys of this request's provider and world. */
    keys: KeyService;
    /** What those keys refer to: users, organisations, roles. */
    resources: ResourceStore;
    /** The operation that this request is about, where that is known and not emulated. */
    unimplemented?: KnownOperation;
    /** The key that authenticated this request; absent on routes without authentication. */
    apiKey: ApiKey;
  }
  interface FastifyContextConfig {
    /** `none`: the route lets everybody in. Left out, a key is required. */
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
  /** The errors of the core: leave a code out and it does not compile. */
  readonly codes: { readonly [C in ErrorCode]: (error: EmulatorError<C>, request: FastifyRequest) => ErrorReply };
  /**
   * Every status of an error that the real server documents or sends, as it is worded where only the status is known: like
   * the error of a code, or in words of its own. Faults bring these about.
   */
  readonly statuses: Readonly<Record<number, PlainErrorCode | ((request: FastifyRequest) => ErrorReply)>>;
}

/** An error that only one provider knows, thrown by the provider itself. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly reply: ErrorReply;

  constructor(reply: ErrorReply) {
    super(`answer ${reply.status}`);
    this.reply = reply;
  }
}

/** A request that matched no route. `allowed` are the methods that the path does have, sorted. */
export interface Unrouted {
  readonly allowed: readonly string[];
  /** The same for another path, provider prefix included: for servers that redirect to a path that they do have. */
  methodsAt(path: string): readonly string[];
  /** Checks the credential as on a route that requires a key. Throws the refusal. */
  authenticate(): Promise<ApiKey>;
}

/** How a credential travels, as OpenAPI says it. */
export type SecurityScheme =
  | { readonly type: 'apiKey'; readonly in: 'header' | 'cookie'; readonly name: string; readonly description?: string }
  | { readonly type: 'http'; readonly scheme: 'bearer'; readonly bearerFormat?: string; readonly description?: string };

/** What is known of a provider's secrets, for whoever must not show them. */
export interface SecretFacts {
  /** The shape of a secret; global. Its parts are bounded, so that no text takes long to be searched. */
  readonly pattern: RegExp;
  /** Names of fields that carry secrets, of any shape. */
  readonly fields: readonly string[];
  /** Names of fields that carry what is not shown even in part. */
  readonly passwords: readonly string[];
  /** The fragment of a secret that may be shown. */
  hint(secret: string): string;
}

/** Where a provider answers. */
export interface Bases {
  readonly http: string;
  /** Undefined where https is not served. */
  readonly https: string | undefined;
}

/** What a provider is, in any of its profiles. */
export interface ProviderFacts {
  /** Also the name of its folder, its path prefix, its flags and its part of the store. */
  readonly name: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  /** Paths at the root of the shared port that are this provider's, with all below them; `/` means itself alone. */
  readonly owns: readonly string[];
  /** Host names of the real service; `*.` stands for any sub-domain. */
  readonly hosts: readonly string[];
  /** OpenAPI security schemes by name. */
  readonly security: Readonly<Record<string, SecurityScheme>>;
  readonly secrets: SecretFacts;
  /** The media type of JSON answers, to the letter. */
  readonly jsonMediaType: string;
  /** Operations of the vendor's specification that answer 501 here. */
  readonly unimplemented: readonly KnownOperation[];
  /** What the provider's own clients read from the environment, for base URLs and a credential. */
  environment(bases: Bases, credential: SeedCredential | undefined): Readonly<Record<string, string>>;
  /** Loads what is known of this provider, and how: nobody needs it to answer a request. */
  loadLedger(): Promise<Ledger>;
}

/** An entry of the audit trail that some real services keep for their customers. */
export interface AuditEvent {
  readonly at: Instant;
  /** The event's name: `API_KEY_CREATED`. */
  readonly event: string;
  readonly severity: 'INFO' | 'ERROR';
  /** The further fields, by the service's own names; never a secret. */
  readonly fields: Attributes;
}

/** What a provider does, in one of its profiles. */
export interface Behaviour {
  /** Rewrites a path (without query) before routing, where the real router is lenient. */
  normalizePath?(path: string): string;
  /** Reads a query string (without `?`) as the real server does. Left out: as forms write them, repeats as arrays. */
  parseQuery?(query: string): Record<string, unknown>;
  /** Last touch on JSON text before it is sent: a real encoder's escapes, newlines, indentation. */
  encodeJson?(json: string, request: FastifyRequest): string;
  /** Adds content-type parsers and hooks to the provider's scope, before authentication. */
  prepare?(scope: ProviderScope): void;
  /** Throws where the real router, stricter than ours, would not match a request that ours did. */
  checkRoute?(request: FastifyRequest): void;
  /** Finds the secret that a request carries. Throws credential_missing or credential_malformed. */
  readCredential(request: FastifyRequest): string;
  /** The part of a presented secret that is looked up, where that is not all of it. */
  normalizeSecret?(presented: string): string;
  /**
   * Runs once a key is accepted: loads its principal and checks what the route `requires` (undefined: it says nothing of
   * that). Throws permission_denied or a WireError.
   */
  authorise?(request: FastifyRequest, requires: string | undefined): void | Promise<void>;
  /** Answers what matched no route, by throwing. Left out: method_not_allowed where the path exists, else route_not_found. */
  refuseUnrouted?(request: FastifyRequest, unrouted: Unrouted): Promise<never>;
  readonly errors: ErrorTable;
  /** What `requires` says on a route that any accepted key may call. Left out: nothing. */
  readonly requiresNothing?: string;
  routes(scope: ProviderScope): void;
  /** How seeds are written, and the built-in ones. */
  readonly seeds: SeedFormat;
  /** The audit trail that the real service keeps, oldest first. Left out: it keeps none. */
  auditTrail?(keys: KeyService, resources: ResourceStore): Promise<readonly AuditEvent[]>;
}

export type Profiles<P> = Readonly<Record<string, P>> | ReadonlyMap<string, P>;

/**
 * A provider as its folder defines it. `P` is what its profiles differ in: each profile is one real version of the
 * server, whole, and every difference lies in that one value.
 */
export interface ProviderDefinition<P> extends ProviderFacts {
  /** By name, the default first. A Map where names are whole numbers (years): an object would sort those. */
  readonly profiles: Profiles<P>;
  emulate(profile: P): Behaviour;
}

/** A provider in one of its profiles: what the rest of the program works with. */
export interface Provider extends ProviderFacts, Behaviour {
  readonly profile: string;
  /** Names of all its profiles, the default first. */
  readonly profiles: readonly string[];
}

/** A provider whose profiles are chosen by name. */
export interface ProviderModule extends ProviderFacts {
  /** Names, the default first. */
  readonly profiles: readonly string[];
  /** The provider as it was at one of its profiles. Throws RangeError for a name that it does not have. */
  emulate(profile: string): Provider;
}

/** Makes a provider of its definition; the default export of a provider's folder. */
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
