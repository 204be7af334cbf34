import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TObject } from 'typebox';
import type { Instant } from '../../clock.ts';
import type { ApiKey } from '../../core/api-key.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import type { AnyResource, Resource, ResourceKind, ResourceStore } from '../../core/resource-store.ts';
import { problemsIn } from '../../formats/validation.ts';
import { describeLife } from './describe-life.ts';

/** A credential of a seed, as `GET /_latchkey/credentials` shows it. */
export interface SeedCredential {
  readonly name: string;
  /** Null for a user who has no key yet. */
  readonly secret: string | null;
  /** The header that presents the secret; null without a secret. */
  readonly header: { readonly name: string; readonly value: string } | null;
  /** The fields of a log-in request, if the provider has a log-in. */
  readonly login?: Readonly<Record<string, string>>;
  /** Says in words whose key it is. */
  readonly description: string;
}

/** The records that a provider's seed puts into a world. `keys` are in the order of the section. */
export interface ProviderSeed {
  readonly resources: readonly AnyResource[];
  readonly keys: readonly KeyDraft[];
  readonly credentials: readonly SeedCredential[];
}

/** Pairs a resource with its kind, so that its data has the type of that kind. */
export function seedResource<T>({ kind }: ResourceKind<T>, resource: Resource<T>): AnyResource {
  return { kind, resource };
}

/** `everything` is the seed that the emulator was started with; `bootstrap` is only what the first administrator needs. */
export type SeedExtent = 'everything' | 'bootstrap';

/** A place in a section: `['keys', 0, 'owner']`. */
export type SeedPath = readonly (string | number)[];

/** What the reader of a section works with. */
export interface SeedContext {
  readonly now: Instant;
  /** The records that the world holds already: none, unless a key is added to a running world. */
  readonly existing: Pick<ResourceStore, 'get' | 'getByName'>;
  /** Mixed into the values that latchkey makes for omitted fields (`derivedText`): empty for a seed, random for a key that is added later. */
  readonly salt: string;
  /** Notes a problem at a place. The reader goes on, so that every problem is found. */
  report(path: SeedPath, problem: string): void;
}

/** How a provider's seeds are written. The built-in ones are read in the same way as those of users. */
export interface SeedFormat {
  /** The schema of a section of a seed file: an object, with `keys` among its properties. */
  readonly schema: TObject;
  /** Makes the records of the built-in seed, or of only the first administrator. */
  readOwn(extent: SeedExtent, context: SeedContext): Promise<ProviderSeed>;
  /**
   * Makes the records of a section of a file and of the first administrator; if both name the same record, the section
   * wins. What does not fit the schema or refers to an unknown record is reported.
   */
  readFile(section: unknown, context: SeedContext): Promise<ProviderSeed>;
  /** Makes the record of one key that is added to a running world. Problems are reported at `['keys', 0, …]`. */
  readKey(
    key: unknown,
    context: SeedContext,
  ): Promise<{ readonly draft: KeyDraft; readonly credential: SeedCredential } | undefined>;
  /** The stored owner of keys that a seed names like this; undefined if there is none. */
  ownerOf(name: string, existing: SeedContext['existing']): Promise<string | undefined>;
  /**
   * A stored key as a seed describes it, without its secret and its id: the inverse of `readKey`. Undefined if its owner, whom the
   * seed names otherwise than they are stored, is gone.
   */
  describeKey(key: ApiKey, existing: SeedContext['existing']): Promise<KeyWords | undefined>;
}

/** The fields by which a seed describes a key. */
export type KeyWords = Readonly<Record<string, unknown>>;

export interface SeedFormatDefinition<S extends TObject> {
  readonly schema: S;
  readonly builtIn: Static<S>;
  readonly bootstrap: Static<S>;
  /** The fields that identify a record in each list (`keys`, `users`, …). */
  readonly identities: Readonly<Record<string, readonly string[]>>;
  read(section: Static<S>, context: SeedContext): Promise<ProviderSeed>;
  /** The stored owner of keys that a seed names like this; undefined if there is none. If omitted: it is stored as it is named. */
  ownerOf?(name: string, existing: SeedContext['existing']): Promise<string | undefined>;
  /** The fields of a key that its provider has; its state and its times are added. Undefined if its owner is gone. */
  describeKey(key: ApiKey, existing: SeedContext['existing']): Promise<KeyWords | undefined>;
}

/** Makes a provider's seed format from its definition. */
export function defineSeedFormat<S extends TObject>(definition: SeedFormatDefinition<S>): SeedFormat {
  const { schema, builtIn, bootstrap, identities, read, ownerOf = async (name) => name } = definition;
  let validator: ValidateFunction<Static<S>> | undefined;
  /** Compiled on its first use: the built-in seed needs no check at run time. */
  const readChecked = async (section: unknown, context: SeedContext): Promise<ProviderSeed> => {
    validator ??= newSeedValidator().compile<Static<S>>(schema);
    if (validator(section)) return read(section, context);
    for (const { path, problem } of problemsIn(validator.errors ?? [], 'field')) context.report(path, problem);
    return nothing;
  };
  return {
    schema,
    readOwn: (extent, context) => read(extent === 'everything' ? builtIn : bootstrap, context),
    readFile: (section, context) => readChecked(joinSections(bootstrap, section ?? {}, identities), context),
    async readKey(key, context) {
      const { keys, credentials } = await readChecked({ keys: [key] }, context);
      const [draft, credential] = [keys[0], credentials[0]];
      return draft && credential && { draft, credential };
    },
    ownerOf,
    async describeKey(key, existing) {
      const own = await definition.describeKey(key, existing);
      return own && { ...own, ...describeLife(key) };
    },
  };
}

const nothing: ProviderSeed = { resources: [], keys: [], credentials: [] };

/** The validator of seed files: it finds every problem, and coerces and drops nothing. */
function newSeedValidator(): Ajv {
  return new Ajv({ allErrors: true, verbose: true, strict: false, validateFormats: false, validateSchema: false });
}

/**
 * Joins two sections. In each list the elements of the second section come first, so that they keep their place, and replace
 * those of the first with the same identity. A second section that is not an object is returned as it is, for the validator to refuse.
 */
function joinSections(first: object, second: unknown, identities: SeedFormatDefinition<TObject>['identities']): unknown {
  if (typeof second !== 'object' || second === null || Array.isArray(second)) return second;
  const joined: Record<string, unknown> = { ...first, ...second };
  for (const [part, earlier] of Object.entries(first)) {
    const later: unknown = joined[part];
    if (!Array.isArray(earlier) || !Array.isArray(later) || later === earlier) continue;
    const identityOf = (element: unknown) => JSON.stringify(identities[part]?.map((field) => Object(element)[field]));
    const named = new Set(later.map(identityOf));
    joined[part] = [...later, ...earlier.filter((element) => !named.has(identityOf(element)))];
  }
  return joined;
}
