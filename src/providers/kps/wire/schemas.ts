import { type TSchema, Type } from 'typebox';

/** Documents a body that the handler gets as text and decodes itself (bodies.ts). */
export function textOf(schema: TSchema) {
  return Type.Unsafe<string | undefined>({ ...schema });
}

export const DateTime = Type.String({ format: 'date-time' });
export const Id = Type.String({ description: 'ID of the entity' });

/** The last part of a path to one entity. httprouter's parameters are never empty, so the pattern wants a character. */
export const idParam = ':id(^.+$)';
export const IdParams = Type.Object({ id: Id });
