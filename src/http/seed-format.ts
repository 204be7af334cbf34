import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TObject } from 'typebox';
import type { Instant } from '../clock.ts';
import type { KeyDraft } from '../core/key-service.ts';
import type { AnyResource, Resource, ResourceKind, ResourceStore } from '../core/resource-store.ts';

/** A credential of a seed, as `GET /_latchkey/credentials` shows it. */
export interface SeedCredential {
  readonly name: string;
  /** Null for somebody who has no key yet. */
  readonly secret: string | null;
  /** The header that presents the secret; null when there is none. */
  readonly header: { readonly name: string; readonly value: string } | null;
  /** What to log in with, where the provider has a log-in: the fields of its request. */
  readonly login?: Readonly<Record<string, string>>;
  /** Whose key it is, in words. */
  readonly description: string;
}

/** What a provider puts into a world. `keys` are in the order of the section's own. */
export interface ProviderSeed {
  readonly resources: readonly AnyResource[];
  readonly keys: readonly KeyDraft[];
  readonly credentials: readonly SeedCredential[];
}

/** Ties a seeded resource's data to the type of its kind. */
export function seedResource<T>({ kind }: ResourceKind<T>, resource: Resource<T>): AnyResource {
  return { kind, resource };
}

/** `everything` is the seed that the emulator was started with; `bootstrap` holds only what the first administrator needs. */
export type SeedExtent = 'everything' | 'bootstrap';

/** A place in a section: `['keys', 0, 'owner']`. */
export type SeedPath = readonly (string | number)[];

/** What the reader of a section is given. */
export interface SeedContext {
  readonly now: Instant;
  /** What the world holds already: nothing, unless records are added to a running one. */
  readonly existing: Pick<ResourceStore, 'get' | 'getByName'>;
  /** Goes into what is made where a seed leaves it out (`derivedText`): empty for a seed, new for a key that is added later. */
  readonly salt: string;
  /** Notes what is wrong at a place; the reader goes on, so that every problem is found. */
  report(path: SeedPath, problem: string): void;
}

/** A provider's section of a seed file, as it was read. */
export type SeedSection = Readonly<Record<string, unknown>>;

/** How a provider's seeds are written, its built-in ones among them: there is one way into a world. */
export interface SeedFormat {
  /** The schema of a section: an object, with `keys` among its properties. */
  readonly schema: TObject;
  /** What a world holds unless a file says otherwise. */
  readonly builtIn: SeedSection;
  /** The first administrator, who is in every world. */
  readonly bootstrap: SeedSection;
  /** The first administrator with what a section says; where both name the same thing, the section's counts. */
  withBootstrap(section: SeedSection): SeedSection;
  /** Makes records of a section that fits the schema. What it refers to and is not there is reported. */
  read(section: SeedSection, context: SeedContext): Promise<ProviderSeed>;
}

export interface SeedFormatDefinition<S extends TObject> {
  readonly schema: S;
  readonly builtIn: Static<S>;
  readonly bootstrap: Static<S>;
  /** The fields by which two elements of a list (`keys`, `users`, …) are the same thing. */
  readonly identities: Readonly<Record<string, readonly string[]>>;
  read(section: Static<S>, context: SeedContext): Promise<ProviderSeed>;
}

/** Makes a provider's seed format of its definition. */
export function defineSeedFormat<S extends TObject>(definition: SeedFormatDefinition<S>): SeedFormat {
  const { schema, builtIn, bootstrap, identities, read } = definition;
  let fits: ValidateFunction<Static<S>> | undefined;
  return {
    schema,
    builtIn: { ...builtIn },
    bootstrap: { ...bootstrap },
    withBootstrap: (section) => joinSections({ ...bootstrap }, section, identities),
    async read(section: unknown, context) {
      fits ??= newSeedValidator().compile<Static<S>>(schema);
      if (!fits(section)) throw new TypeError('the section does not fit its schema');
      return read(section, context);
    },
  };
}

/** The validator of seed files: every problem at once, nothing coerced, nothing left out. */
export function newSeedValidator(): Ajv {
  return new Ajv({ allErrors: true, strict: false, validateFormats: false, validateSchema: false });
}

/**
 * Two sections as one: lists joined, the later one's elements first, so that they keep their place, and instead of the
 * earlier one's of the same identity.
 */
function joinSections(
  first: SeedSection,
  second: SeedSection,
  identities: SeedFormatDefinition<TObject>['identities'],
): SeedSection {
  const lists = Object.entries(first).filter(([part]) => Array.isArray(first[part]) && Array.isArray(second[part]));
  const joined = lists.map(([part]) => {
    const identityOf = (element: unknown) => JSON.stringify(identities[part]?.map((field) => Object(element)[field]));
    const [earlier, later] = [listOf(first[part]), listOf(second[part])];
    const named = new Set(later.map(identityOf));
    return [part, [...later, ...earlier.filter((element) => !named.has(identityOf(element)))]];
  });
  return { ...first, ...second, ...Object.fromEntries(joined) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
