import type { FastifySerializerCompiler } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { spellAsGo } from '../../../formats/go-json-text.ts';
import { lazySerializers } from '../../../http/compilers.ts';
import type { LoginResponse } from '../keys/schemas.ts';

/**
 * Serialisers of answers as Go's encoder writes them to a stream: a newline after each object. A list is written object by
 * object, with the brackets and commas in between; an empty one is exactly `[]`. FIDELITY: Bytes and headers.
 */
export function streamSerializers(): FastifySerializerCompiler<TSchema> {
  const compile = lazySerializers();
  return (route) => {
    const { schema } = route;
    if (!Type.IsArray(schema)) return toLine(compile(route));
    const toElement = toLine(compile({ ...route, schema: schema.items }));
    return (elements: readonly unknown[]) => `[${elements.map(toElement).join(',')}]`;
  };
}

function toLine(serialize: (data: unknown) => string): (data: unknown) => string {
  return (data) => `${spellAsGo(serialize(data))}\n`;
}

/** The answer to a log-in, which the real server writes by hand: blanks after its commas and later colons, no newline. */
export function loginSerializer(): (answer: LoginResponse) => string {
  return ({ token, _id, name, email }) => {
    const [shownToken, shownId, shownName, shownEmail] = [token, _id, name, email].map((text) => JSON.stringify(text));
    return `{"token":${shownToken}, "_id": ${shownId}, "name": ${shownName}, "email": ${shownEmail}}`;
  };
}
