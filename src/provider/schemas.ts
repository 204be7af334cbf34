import { type Static, type TSchema, Type } from 'typebox';

/** A value or null, as one JSON Schema type list: serialisers and documents read it without an `anyOf`. */
export function Nullable<T extends TSchema & { type: string }>(schema: T) {
  return Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] });
}

/** One of some words. */
export function Words<const W extends readonly string[]>(words: W, options: object = {}) {
  return Type.Unsafe<W[number]>({ type: 'string', enum: words, ...options });
}

/** Documents an answer that has no body. */
export function NoBody(description: string) {
  return Type.Unsafe<undefined>({ type: 'null', description });
}
