import { loadProviders } from '../src/providers/index.ts';
import type { OpenApiDocument, Operation } from './documents.ts';

const introduction = `# What is supported

Generated from the routes and the vendors' operations: \`npm run generate\` writes it, and the tests compare it.
*Evidence* says how the behaviour of the real server is known, best first: recorded, server source, specification,
client-proven, inferred, assumed. Details and deliberate differences are in each provider's FIDELITY.md.
A path that is not listed answers as the provider answers an unknown path.
`;

/** SUPPORTED.md, derived from the generated documents so that it cannot drift from the routes. */
export async function supportedMarkdown(documents: ReadonlyMap<string, OpenApiDocument>): Promise<string> {
  const sections = (await loadProviders()).map(({ name, info, profiles }) => {
    const rows = operationsOf(documents.get(name)).map(
      ([method, path, { operationId, 'x-evidence': evidence }]) => `| \`${operationId}\` | ${method} \`${path}\` | ${evidence} |`,
    );
    const [byDefault, ...others] = profiles;
    return [
      `\n## ${info.title}\n`,
      `Profiles: **${byDefault}**${others.map((profile) => `, ${profile}`).join('')}. [FIDELITY.md](src/providers/${name}/FIDELITY.md)\n`,
      '| operation | route | evidence |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return introduction + sections.join('');
}

/** Every operation of a document, with its method in capitals. */
export function operationsOf(document: OpenApiDocument | undefined): [method: string, path: string, operation: Operation][] {
  return Object.entries(document?.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [method.toUpperCase(), path, operation]),
  );
}
