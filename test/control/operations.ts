import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiFolder } from '../../src/package.ts';

/** A call of the control plane, as its document lists it. */
export interface ControlOperation {
  readonly id: string;
  readonly method: string;
  /** Below `/_latchkey`, in OpenAPI's form. */
  readonly path: string;
  /** Names of the query parameters. */
  readonly query: readonly string[];
  /** The document's examples of the parameters in the path. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The document's example of a body; undefined if the call takes no body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

interface Schema {
  readonly $ref?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly parameters?: readonly {
              readonly name: string;
              readonly in: string;
              readonly schema: Schema;
              readonly example?: unknown;
            }[];
            readonly requestBody?: {
              readonly content: { readonly 'application/json'?: { readonly schema: Schema; readonly example?: unknown } };
            };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document: Document = JSON.parse(readFileSync(join(openapiFolder, 'control.json'), 'utf8'));

/** Every call of the control plane's document. */
export const controlOperations: readonly ControlOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => {
    const content = requestBody?.content['application/json'];
    return {
      id: operationId,
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      params: Object.fromEntries(
        parameters.filter((one) => one.in === 'path').map((one) => [one.name, one.example ?? exampleOf(one.schema)]),
      ),
      body: content === undefined ? undefined : Object(content.example ?? exampleOf(content.schema)),
    };
  }),
);

/** The example that the page of the documents offers: the schema's own, or one made of those of its fields. */
function exampleOf(schema: Schema): unknown {
  const { $ref, examples, enum: words, properties } = schema;
  if ($ref !== undefined) return exampleOf(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  if (examples !== undefined) return examples[0];
  if (words !== undefined) return words[0];
  if (properties === undefined) return undefined;
  const fields = Object.entries(properties).map(([name, part]) => [name, exampleOf(part)]);
  return Object.fromEntries(fields.filter(([, example]) => example !== undefined));
}
