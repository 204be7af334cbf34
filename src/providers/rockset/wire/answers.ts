import { type TSchema, Type } from 'typebox';
import { Nullable } from '../../../provider/schemas.ts';

const Text = Nullable(Type.String());

const ErrorModel = Type.Object(
  {
    message: Type.String(),
    message_key: Text,
    type: Type.String(),
    line: Nullable(Type.Integer()),
    column: Nullable(Type.Integer()),
    trace_id: Type.String({ format: 'uuid' }),
    error_id: Text,
    query_id: Text,
    internal_errors: Type.Null(),
  },
  { title: 'ErrorModel' },
);

/** The error statuses that the specification names for every operation, and 413. */
export const errorAnswers = {
  400: ErrorModel,
  401: ErrorModel,
  403: ErrorModel,
  404: ErrorModel,
  405: ErrorModel,
  406: ErrorModel,
  408: ErrorModel,
  409: ErrorModel,
  413: ErrorModel,
  415: ErrorModel,
  429: ErrorModel,
  500: ErrorModel,
  501: ErrorModel,
  502: ErrorModel,
  503: ErrorModel,
};

/** The answers of an operation that wraps its result in `data`. */
export function answers<T extends TSchema>(data: T) {
  return { 200: Type.Object({ data }), ...errorAnswers };
}

/** The schemas of the fields that are shown, in that order. */
export function pick<F extends string>(fields: Readonly<Record<F, TSchema>>, shown: readonly F[]): Record<string, TSchema> {
  return Object.fromEntries(shown.map((field) => [field, fields[field]]));
}
