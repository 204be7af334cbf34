import type { FastifyRequest } from 'fastify';
import { fail } from '../../../core/errors.ts';
import { readBodiesAsText } from '../../../http/bodies.ts';
import { type ProviderScope, WireError } from '../../../provider/provider.ts';
import { frameworkError } from './errors.ts';
import type { JavaEnum } from './java-enum.ts';

/** The limit that the real server is configured with, in bytes. */
const longestBody = 100 << 20;

/** Adds routes that read their bodies, which all other routes drop unread. */
export function withBodies(scope: ProviderScope, addRoutes: (scope: ProviderScope) => void): void {
  scope.register((reading: ProviderScope, _options, done) => {
    readBodiesAsText(reading, longestBody);
    addRoutes(reading);
    done();
  });
}

/** A JSON object that was sent as `request`: the real controllers give every body this name. */
export interface Body {
  /** The class that the real server reads it into. */
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const controllers = 'ai.whylabs.songbird.v0.controllers';

/**
 * Reads the body of a route that requires one; unknown fields are ignored. Throws request_invalid without a body and for
 * JSON that is not an object, and the framework's 400 for anything but JSON. FIDELITY: Bodies.
 */
export function bodyOf(request: FastifyRequest, className: string): Body {
  const type = `${controllers}.${className}`;
  const value = unwrapped(parse(request));
  if (value === null) return fail('request_invalid', { problem: 'Required Body [request] not specified', path: '/request' });
  if (isObject(value)) return { type, fields: value };
  return refuse(`Cannot deserialize value of type \`${type}\` from ${inWords(value)}`);
}

/** A required string; numbers and booleans are read as strings, as Jackson does. Throws request_invalid. */
export function textField(body: Body, name: string): string {
  return optionalTextField(body, name) ?? refuseMissing(body, name);
}

/** A string, null when the field is absent or null. Throws request_invalid for a list or an object. */
export function optionalTextField(body: Body, name: string): string | null {
  const value = fieldOf(body, name);
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return refuse(`Cannot deserialize value of type \`java.lang.String\` from ${inWords(value)}`, body, name);
}

/** A required word of an enumeration. Throws request_invalid. */
export function wordField<W extends string>(body: Body, name: string, { type, words }: JavaEnum<W>): W {
  const value = fieldOf(body, name) ?? refuseMissing(body, name);
  const word = words.find((one) => one === value);
  const problem = `Cannot deserialize value of type \`${type}\` from ${inWords(value)}`;
  const known = typeof value === 'string' ? `: not one of the values accepted for Enum class: [${words.join(', ')}]` : '';
  return word ?? refuse(`${problem}${known}`, body, name);
}

/** A boolean: undefined when the field is absent, null when it is null or an empty string. Throws request_invalid. */
export function flagField(body: Body, name: string): boolean | null | undefined {
  if (!Object.hasOwn(body.fields, name)) return undefined;
  const value = fieldOf(body, name);
  if (value === null || value === '') return null;
  const flag = Number.isInteger(value) ? value !== 0 : flags.get(value);
  if (flag !== undefined) return flag;
  const known = typeof value === 'string' ? ': only "true" or "false" recognized' : '';
  return refuse(`Cannot deserialize value of type \`java.lang.Boolean\` from ${inWords(value)}${known}`, body, name);
}

const flags: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...[true, 'true', 'True', 'TRUE'].map((value) => [value, true] as const),
  ...[false, 'false', 'False', 'FALSE'].map((value) => [value, false] as const),
]);

function parse(request: FastifyRequest): unknown {
  const text = typeof request.body === 'string' ? request.body : '';
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new WireError(frameworkError(request, 400, 'Bad Request', { message: 'Invalid JSON: the body cannot be parsed' }));
  }
}

function fieldOf({ fields }: Body, name: string): unknown {
  return Object.hasOwn(fields, name) ? unwrapped(fields[name] ?? null) : null;
}

/** The framework configures Jackson to read a list of one element as that element. */
function unwrapped(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseMissing(body: Body, name: string): never {
  const what = `Instantiation of [simple type, class ${body.type}] value failed for JSON property ${name}`;
  const why = `due to missing (therefore NULL) value for creator parameter ${name} which is a non-nullable type`;
  return refuse(`${what} ${why}`, body, name);
}

function refuse(cause: string, body?: Body, name = ''): never {
  const chain = body === undefined ? '' : ` (through reference chain: ${body.type}["${name}"])`;
  const where = `\n at [Source: UNKNOWN; byte offset: #UNKNOWN]${chain}`;
  const problem = `Failed to convert argument [request] for value [null] due to: ${cause}${where}`;
  return fail('request_invalid', { problem, path: '/request' });
}

/** A JSON value in the words of Jackson's messages. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return `String ${JSON.stringify(value)}`;
  if (Array.isArray(value)) return 'Array value (token `JsonToken.START_ARRAY`)';
  if (isObject(value)) return 'Object value (token `JsonToken.START_OBJECT`)';
  if (typeof value === 'boolean') return `Boolean value (token \`JsonToken.VALUE_${String(value).toUpperCase()}\`)`;
  return Number.isInteger(value)
    ? 'Integer value (token `JsonToken.VALUE_NUMBER_INT`)'
    : 'Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)';
}
