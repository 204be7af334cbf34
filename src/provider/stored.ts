import { Ajv, type ValidateFunction } from 'ajv';
import { type Static, type TSchema, Type } from 'typebox';
import { earliestInstant, latestInstant } from '../clock.ts';
import type { ResourceKind } from '../core/resource-store.ts';

/** What a provider stores of one kind. */
export interface StoredKind {
  readonly kind: string;
  /** The schema of the data. */
  readonly schema: TSchema;
  /** The id of the resource of this kind without which the provider cannot answer; undefined if there may be none. */
  readonly required: string | undefined;
}

/** What a provider stores: a file that comes from outside must not hold anything else of it. */
export interface StoredFacts {
  readonly resources: readonly StoredKind[];
  /** The schema of the attributes of its keys. */
  readonly attributes: TSchema;
}

/** An instant within the data of a resource. */
export const StoredInstant = Type.Integer({ minimum: earliestInstant, maximum: latestInstant });

/** Pairs a kind of resource with the schema of its data, which accepts nothing that is not of the kind's type. */
export function storedKind<T, S extends TSchema>(
  { kind }: ResourceKind<T>,
  schema: S & (Static<S> extends T ? unknown : never),
  required?: string,
): StoredKind {
  return { kind, schema, required };
}

/** Compiled on their first use: most runs never open a file. */
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Where a value does not fit its schema, as a JSON Pointer that is empty for the whole value; undefined if it fits. */
export function misfitOf(schema: TSchema, value: unknown): string | undefined {
  let fits = compiled.get(schema);
  if (fits === undefined) {
    fits = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(schema);
    compiled.set(schema, fits);
  }
  if (fits(value)) return undefined;
  const [first] = fits.errors ?? [];
  const field: unknown = first?.params['missingProperty'] ?? first?.params['additionalProperty'];
  return `${first?.instancePath ?? ''}${typeof field === 'string' ? `/${field}` : ''}`;
}
