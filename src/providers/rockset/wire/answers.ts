import { type TSchema, Type } from 'typebox';
import { Nullable } from '../../../provider/schemas.ts';
import type { ErrorField, RocksetProfile } from '../profiles.ts';

const Text = Nullable(Type.String());

const errorFields: Readonly<Record<ErrorField, TSchema>> = {
  message: Type.String(),
  message_key: Text,
  type: Type.String(),
  line: Nullable(Type.Integer()),
  column: Nullable(Type.Integer()),
  trace_id: Type.String({ format: 'uuid' }),
  error_id: Text,
  query_id: Text,
  internal_errors: Type.Null(),
};

/** The error statuses that the specification names for every operation, and 413. */
const errorStatuses = [400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 429, 500, 501, 502, 503] as const;

/** The answers of an operation: its result, and the errors of one era. */
export function bareAnswers<T extends TSchema>(result: T, profile: RocksetProfile) {
  const ErrorModel = Type.Object(pick(errorFields, profile.errorFields), { title: 'ErrorModel' });
  const errors = Object.fromEntries(errorStatuses.map((status) => [status, ErrorModel]));
  return { 200: result, ...errors };
}

/** The answers of an operation that wraps its result in `data`. */
export function answers<T extends TSchema>(data: T, profile: RocksetProfile) {
  return bareAnswers(Type.Object({ data }), profile);
}

/** The schemas of the fields that are shown, in that order. */
export function pick<F extends string>(fields: Readonly<Record<F, TSchema>>, shown: readonly F[]): Record<string, TSchema> {
  return Object.fromEntries(shown.map((field) => [field, fields[field]]));
}
