import { Ajv, type ValidateFunction } from 'ajv';
import buildSerializer from 'fast-json-stringify';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { rememberingTexts } from './remembered-views.ts';

export interface ValidatorOptions {
  /** Whether every error is found, not only the first, each with the value and the schema that it does not fit. */
  readonly findsAll?: boolean;
}

/**
 * Validators that are compiled on their first use: compiling every schema at the start would take longer than the rest of the start.
 * In bodies nothing is coerced and nothing stripped; values that arrive as text (query, path, headers) are coerced.
 */
export function lazyValidators({ findsAll = false }: ValidatorOptions = {}): FastifySchemaCompiler<TSchema> {
  const strict = lazily(() => newAjv(false, findsAll));
  const coercing = lazily(() => newAjv('array', findsAll));
  return ({ schema, httpPart }) => {
    if (httpPart === 'params' && isPlainText(schema)) return () => true;
    const ajv = httpPart === 'body' ? strict : coercing;
    const compiled = lazily((): ValidateFunction => ajv().compile(schema));
    const mayBeEmpty = httpPart === 'querystring' && asksForNothing(schema);
    return (data: unknown) => {
      if (mayBeEmpty && isEmpty(data)) return true;
      const validate = compiled();
      return validate(data) ? { value: data } : { error: validate.errors ?? [] };
    };
  };
}

/** Whether a schema requires only strings: every part of a path is one, so nothing has to be checked. */
function isPlainText(schema: TSchema): boolean {
  const properties: unknown = Reflect.get(schema, 'properties');
  if (typeof properties !== 'object' || properties === null) return false;
  return Object.values(properties).every((part) => Object.keys(part).every((key) => part.type === 'string' && harmless.has(key)));
}

/** Whether a schema of an object accepts one without properties, and adds none to it. */
function asksForNothing(schema: TSchema): boolean {
  const { type, properties, required = [], ...others } = Object(schema);
  const isKnown = type === 'object' && Object.keys(others).every((key) => key === 'additionalProperties' || harmless.has(key));
  return isKnown && required.length === 0 && Object.values(Object(properties)).every((part) => !('default' in Object(part)));
}

function isEmpty(data: unknown): boolean {
  for (const _ in Object(data)) return false;
  return true;
}

const harmless: ReadonlySet<string> = new Set(['type', 'title', 'description', 'examples']);

/** Writes a value as JSON. */
type Write = (data: unknown) => string;

/**
 * Serialisers of answers, compiled on their first use. Fields that the schema does not name are dropped. Lists, and what they are
 * wrapped in, are written part by part, so that the texts of remembered views can be used.
 */
export function lazySerializers(): FastifySerializerCompiler<TSchema> {
  return ({ schema }) => writerOf(schema);
}

function writerOf(schema: TSchema): Write {
  const compiled = lazily(() => buildSerializer(inWireOrder(schema)));
  const write = rememberingTexts((data) => compiled()(data));
  if (Type.IsArray(schema)) return listWriter(schema.items, write);
  const [[name, inner] = [], ...others] = Type.IsObject(schema) ? Object.entries(schema.properties) : [];
  return name === undefined || inner === undefined || others.length > 0 ? write : wrapperWriter(name, inner, write);
}

function listWriter(element: TSchema, otherwise: Write): Write {
  const writeElement = writerOf(element);
  return (data) => (Array.isArray(data) ? `[${data.map(writeElement).join(',')}]` : otherwise(data));
}

/** Writes objects with a single field. */
function wrapperWriter(name: string, schema: TSchema, otherwise: Write): Write {
  const writeInner = writerOf(schema);
  const start = `{${JSON.stringify(name)}:`;
  return (data) => {
    const inner: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
    return typeof inner === 'object' && inner !== null ? `${start}${writeInner(inner)}}` : otherwise(data);
  };
}

/**
 * The serialiser writes required fields before optional ones. If an object has both, its list of required fields is
 * left out here, so that fields come in the order in which the schema names them, which is the real server's.
 */
function inWireOrder(schema: object): object {
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, isPlainObject(value) ? inWireOrder(value) : value]),
  );
  const { required, properties } = copy;
  const isMixed = Array.isArray(required) && isPlainObject(properties) && required.length < Object.keys(properties).length;
  if (isMixed) delete copy['required'];
  return copy;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Our schemas are not checked against the meta-schema at run time: that costs more than compiling them. A test checks them. */
function newAjv(coerceTypes: false | 'array', findsAll: boolean): Ajv {
  const all = { allErrors: findsAll, verbose: findsAll };
  return new Ajv({ ...all, coerceTypes, useDefaults: true, strict: false, validateFormats: false, validateSchema: false });
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
