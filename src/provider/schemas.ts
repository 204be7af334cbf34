import { type Static, type TSchema, Type } from 'typebox';

/** A value or null, as one JSON Schema with a list of types: simpler than an `anyOf` for serialisers and documents. */
export function Nullable<T extends TSchema & { type: string }>(schema: T) {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] });
}

/** One of these words. */
export function Words<const W extends readonly string[]>(words: W, options: object = {}) {
  return Type.Unsafe<W[number]>({ type: 'string', enum: words, ...options });
}

/** An object whose names fit a pattern (of a regular expression; default: any), and whose values fit a schema. */
export function MapOf<T extends TSchema>(schema: T, { names = '^.*$', ...options }: MapOptions = {}) {
  return Type.Unsafe<Record<string, Static<T>>>({ type: 'object', patternProperties: { [names]: schema }, ...options });
}

interface MapOptions {
  readonly names?: string;
  readonly description?: string;
  readonly additionalProperties?: false;
}

/** The schema of an answer without a body, for the documents. */
export function NoBody(description: string) {
  return Type.Unsafe<undefined>({ type: 'null', description });
}
