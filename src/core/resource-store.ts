import type { Instant } from '../clock.ts';
import type { MaybePromise } from './at-once.ts';

/**
 * A user, an organisation, a role: what keys refer to. The core knows only its kind, id, tenant and name; `data` is the
 * provider's own record, with the type of its kind.
 */
export interface Resource<T> {
  readonly id: string;
  readonly tenant: string;
  /** Unique within the kind, unless null. */
  readonly name: string | null;
  readonly createdAt: Instant;
  readonly data: T;
}

/** A kind of resource, by its name in the store, with the type of its data. */
export interface ResourceKind<T> {
  readonly kind: string;
  /** Never set. It only carries the type of the data. */
  readonly dataType?: T;
}

/** Names a kind of resource, so that what is read has the type of what was written. */
export function resourceKind<T>(kind: string): ResourceKind<T> {
  return { kind };
}

/** The name of a resource, or the id of a new one, is taken by another of its kind. Each provider words that itself. */
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

/** A decision about a whole resource from one about its data; the same data means no change. */
export function decidingData<T>(decide: (data: T) => T): (resource: Resource<T>) => Resource<T> {
  return (resource) => {
    const data = decide(resource.data);
    return data === resource.data ? resource : { ...resource, data };
  };
}

/** What a decision makes of a resource. Throws TypeError if it changes the id. */
export function decided<T>(resource: Resource<T>, decide: (resource: Resource<T>) => Resource<T>): Resource<T> {
  const replaced = decide(resource);
  if (replaced.id !== resource.id) throw new TypeError('the id of a resource never changes');
  return replaced;
}

/** A resource of any kind, with the name of the kind. */
export interface AnyResource {
  readonly kind: string;
  readonly resource: Resource<unknown>;
}

/** Stores the resources of one provider. Like `KeyStore`, it is atomic and takes rules as functions. Names are case-sensitive. */
export interface ResourceStore {
  /**
   * Another number after every write. Undefined if it cannot be said whether something was written: what was made of its resources
   * must not be remembered then.
   */
  readonly revision: number | undefined;
  get<T>(kind: ResourceKind<T>, id: string): MaybePromise<Resource<T> | undefined>;
  getByName<T>(kind: ResourceKind<T>, name: string): MaybePromise<Resource<T> | undefined>;
  /** In the order of insertion. A resource that is replaced keeps its place. */
  list<T>(kind: ResourceKind<T>, tenant?: string): MaybePromise<Resource<T>[]>;
  /** At most `limit` resources whose ids come after this one, in the order of ids. */
  listAfter<T>(kind: ResourceKind<T>, id: string, limit: number): Promise<Resource<T>[]>;
  /** Every resource of every kind, in the order of insertion. */
  listAll(): Promise<AnyResource[]>;
  /**
   * Stores a new resource, which `decide` makes from the existing ones of its kind; what it throws passes through unchanged.
   * Throws ResourceNameTakenError, and stores nothing, if another of this kind has its id or its name.
   */
  insert<T>(kind: ResourceKind<T>, decide: (existing: readonly Resource<T>[]) => Resource<T>): Promise<Resource<T>>;
  /** The same where the existing ones do not matter, so that they are not read. */
  add<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void>;
  /**
   * Stores a resource in the place of the one with its id, if any.
   * Throws ResourceNameTakenError, and stores nothing, if another of this kind has its name.
   */
  put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void>;
  /**
   * Replaces the data of a resource by what `decide` makes of it; the same object means no change. What `decide` throws
   * passes through unchanged. Undefined for an unknown id.
   */
  change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined>;
  /**
   * The same for the whole resource except its id. Throws ResourceNameTakenError, and changes nothing, if another of this
   * kind has the name, TypeError if `decide` changes the id.
   */
  replace<T>(kind: ResourceKind<T>, id: string, decide: (resource: Resource<T>) => Resource<T>): Promise<Resource<T> | undefined>;
  /** Removes a resource. False for an unknown id. */
  remove(kind: ResourceKind<unknown>, id: string): Promise<boolean>;
}
