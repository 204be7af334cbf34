import type { Instant } from '../clock.ts';
import { decodeFirstJsonValue, GoJsonError } from './go-json.ts';
import { parseGoTime } from './go-time.ts';

/** The types of the struct fields that the emulated servers decode, by Go's names. */
interface GoTypes {
  string: string;
  bool: boolean;
  'time.Time': Instant;
}

export type GoFields = Readonly<Record<string, keyof GoTypes>>;
export type GoStruct<F extends GoFields> = { readonly [N in keyof F]?: GoTypes[F[N]] };

/**
 * Decodes the first JSON value of a text into a struct as Go's `encoding/json` does: keys match regardless of case, unknown
 * keys and nulls are ignored, and an absent field is undefined, which stands for Go's zero value.
 * Throws GoJsonError with Go's text. `structName` is the name of the struct in that text, with its package.
 */
export function decodeGoStruct<F extends GoFields>(text: string, structName: string, fields: F): GoStruct<F> {
  const value = decodeFirstJsonValue(text);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new GoJsonError(`json: cannot unmarshal ${goKind(value)} into Go value of type ${structName}`);
  }
  const bare = structName.slice(structName.lastIndexOf('.') + 1);
  const decoded: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(value)) {
    const field = fieldFor(key, fields);
    if (field === undefined || given === null) continue;
    const wanted = fields[field];
    if (wanted === 'time.Time') {
      decoded[field] = parseGoTime(given);
      continue;
    }
    if (goKind(given) !== wanted) {
      throw new GoJsonError(`json: cannot unmarshal ${goKind(given)} into Go struct field ${bare}.${field} of type ${wanted}`);
    }
    decoded[field] = typeof given === 'string' ? given.toWellFormed() : given;
  }
  // The loop has checked each value against the type of its field, which the compiler cannot follow.
  return decoded as GoStruct<F>;
}

/** The field with this name, or else one that differs only in case, by Unicode's simple folding (the Kelvin sign matches `k`). */
function fieldFor(key: string, fields: GoFields): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  return Object.keys(fields).find((field) => new RegExp(`^${field}$`, 'iu').test(key));
}

/** The word for the kind of a JSON value in Go's error texts. */
function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
