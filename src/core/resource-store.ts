import type { Instant } from '../clock.ts';

/**
 * What keys refer to: users, organisations, roles. The core knows only that they have a kind, an id, a tenant
 * and perhaps a name; `data` is the provider's own record, typed by its kind.
 */
export interface Resource<T> {
  readonly id: string;
  readonly tenant: string;
  /** Unique within the kind when it is not null. */
  readonly name: string | null;
  readonly createdAt: Instant;
  readonly data: T;
}

/** A kind of resource: its name in the store, and the type of its data. */
export interface ResourceKind<T> {
  readonly kind: string;
  /** Never set: carries the type of the data from the definition of the kind to its readers. */
  readonly dataType?: T;
}

/** Names a kind of resource once, so that what is read has the type of what was written. */
export function resourceKind<T>(kind: string): ResourceKind<T> {
  return { kind };
}

/** A resource was to be stored under a name (or inserted under an id) that another one of its kind has. Its provider says what that is on the wire. */
export class ResourceNameTakenError extends Error {
  override readonly name = 'ResourceNameTakenError';
  readonly kind: string;
  readonly takenName: string;

  constructor(kind: string, takenName: string) {
    super(`another ${kind} has this name`);
    this.kind = kind;
    this.takenName = takenName;
  }
}

/** A resource under the name of its kind, whatever that is. */
export interface AnyResource {
  readonly kind: string;
  readonly resource: Resource<unknown>;
}

/** Where a provider's resources live. Atomic and closure-driven, as `KeyStore` is; names are compared to the letter. */
export interface ResourceStore {
  get<T>(kind: ResourceKind<T>, id: string): Promise<Resource<T> | undefined>;
  getByName<T>(kind: ResourceKind<T>, name: string): Promise<Resource<T> | undefined>;
  /** In the order of insertion; a resource that is replaced keeps its place. */
  list<T>(kind: ResourceKind<T>, tenant?: string): Promise<Resource<T>[]>;
  /** Every resource of every kind, in the order of insertion. */
  listAll(): Promise<AnyResource[]>;
  /**
   * Stores the new resource that `decide` makes, who is shown those of its kind that there are; what it throws comes out
   * unchanged. Throws ResourceNameTakenError, and stores nothing, when another one of this kind has its id or its name.
   */
  insert<T>(kind: ResourceKind<T>, decide: (existing: readonly Resource<T>[]) => Resource<T>): Promise<Resource<T>>;
  /**
   * Stores a resource, or replaces the whole of the one of the same id.
   * Throws ResourceNameTakenError, and stores nothing, when another id of this kind has the name.
   */
  put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void>;
  /**
   * Replaces a resource's data by what `decide` makes of it; the same object back means no change. What `decide` throws
   * comes out unchanged. Undefined when there is no such resource.
   */
  change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined>;
  /**
   * The same for the whole of a resource, its name among it; only its id stays. Throws ResourceNameTakenError, and changes
   * nothing, when another id of this kind has the name, TypeError where `decide` touches the id.
   */
  replace<T>(kind: ResourceKind<T>, id: string, decide: (resource: Resource<T>) => Resource<T>): Promise<Resource<T> | undefined>;
  /** Removes a resource; false when there was none. */
  remove(kind: ResourceKind<unknown>, id: string): Promise<boolean>;
}
