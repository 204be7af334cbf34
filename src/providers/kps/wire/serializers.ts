import type { FastifySerializerCompiler } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { spellAsGo } from '../../../formats/go-json-text.ts';
import { lazySerializers } from '../../../http/compilers.ts';
import { rememberingTexts } from '../../../http/remembered-views.ts';

/**
 * Serialises answers as Go's encoder writes them to a stream, with a newline after each object. A list is written object by
 * object, with brackets and commas around them; an empty list is exactly `[]`. FIDELITY: Bytes and headers.
 */
export function streamSerializers(): FastifySerializerCompiler<TSchema> {
  const compile = lazySerializers();
  return (route) => {
    const { schema } = route;
    if (!Type.IsArray(schema)) return toLine(compile(route));
    const toElement = rememberingTexts(toLine(compile({ ...route, schema: schema.items })));
    return (elements: readonly unknown[]) => `[${elements.map(toElement).join(',')}]`;
  };
}

function toLine(serialize: (data: unknown) => string): (data: unknown) => string {
  return (data) => `${spellAsGo(serialize(data))}\n`;
}
