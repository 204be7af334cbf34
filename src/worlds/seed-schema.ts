import type { ProviderModule } from '../provider/provider.ts';

/** The JSON Schema of a seed file: a section for each provider. `seed.schema.json` is generated from it. */
export function seedSchema(providers: readonly ProviderModule[]): Readonly<Record<string, unknown>> {
  const sections = providers.map((provider) => [provider.name, provider.emulate(provider.profiles[0] ?? '').seeds.schema]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'latchkey seed file',
    description: 'What each provider holds at the start. A provider that is left out keeps its built-in seed.',
    type: 'object',
    // So that the file itself can name this schema for an editor.
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(sections) },
    additionalProperties: false,
  };
}
