import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type TSchema, Type } from 'typebox';
import { fail } from '../../../core/errors.ts';
import { GoJsonError } from '../../../formats/go-json.ts';
import { decodeGoStruct, type GoFields, type GoStruct } from '../../../formats/go-struct.ts';
import { readBodiesAsText } from '../../../http/bodies.ts';
import type { ProviderScope } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';

/**
 * Adds routes that read their bodies, in a scope of their own, since the other routes never read theirs. The handlers get
 * the text, whatever its content type. Schemas only document these bodies: Go's decoder decides what it accepts.
 */
export function addBodyReaders(scope: ProviderScope, addRoutes: (scope: ProviderScope) => void): void {
  scope.register(async (plain) => {
    const reading = plain.withTypeProvider<TypeBoxTypeProvider>();
    readBodiesAsText(reading);
    reading.setValidatorCompiler(() => () => true);
    addRoutes(reading);
  });
}

/** The schema of a body that `addBodyReaders` reads: it documents the JSON, while the handler gets the text. */
export function textOf<T extends TSchema>(schema: T) {
  return Type.Unsafe<string | undefined>(schema);
}

/**
 * Decodes a body into a struct of the real server; `structName` comes without its package.
 * Throws request_malformed with the text of Go's decoder.
 */
export function decodeBody<F extends GoFields>(
  body: string | undefined,
  structName: string,
  fields: F,
  { goPackage }: EstuaryProfile,
): GoStruct<F> {
  try {
    return decodeGoStruct(body ?? '', `${goPackage}.${structName}`, fields);
  } catch (error) {
    if (error instanceof GoJsonError) fail('request_malformed', { problem: error.message });
    throw error;
  }
}
