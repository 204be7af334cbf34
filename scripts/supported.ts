import type { OperationRow, Pin } from '../src/provider/ledger.ts';
import { loadProviders } from '../src/providers/index.ts';
import type { DocumentedOperation, OpenApiDocument } from './documents.ts';

const introduction = `# What is supported

\`npm run generate\` writes this page from the routes and from each provider's ledger, and the tests compare it. A cell says how we
know what the real server does, and names the test that pins it, in the folder of the provider's tests. The grades, best first:
recorded, server source, specification, client-proven, inferred, assumed. The columns: the successful answer, errors of the request
itself, who may call it, and what it does with states. Every behaviour, and what differs on purpose, is in the provider's FIDELITY.md,
whose cells link the tests. The tests are in the repository alone.

An operation that is known and not emulated answers 501 in its provider's shape, with a \`Link\` to this page, after its credential
was accepted. A path that is not listed gets the provider's own answer for unknown paths.
`;

/** The four aspects of an operation, in the order of the columns. */
export const aspects = ['success', 'errors', 'auth', 'states'] as const;

/** SUPPORTED.md. It is derived from the generated documents and the ledgers, so it cannot drift from the routes. */
export async function supportedMarkdown(documents: ReadonlyMap<string, OpenApiDocument>): Promise<string> {
  const sections = (await loadProviders()).map(async ({ name, info, profiles, unimplemented, loadLedger }) => {
    const { operations } = await loadLedger();
    const rows = operationsOf(documents.get(name)).map(([method, path, { operationId = '' }]) => {
      const cells = namedCellsOf(operations[operationId]);
      return `| \`${operationId}\` | ${method} \`${path}\` | ${cells.join(' | ')} |`;
    });
    const [byDefault, ...others] = profiles;
    const known = unimplemented.map(({ id, method, path }) => `- \`${id}\`: ${method} \`${path}\``);
    return [
      `\n<a id="${name}"></a>\n`,
      `## ${info.title}\n`,
      `Profiles: **${byDefault}**${others.map((profile) => `, ${profile}`).join('')}. Behaviours: \`src/providers/${name}/FIDELITY.md\`. Tests: \`test/providers/${name}\`\n`,
      `| operation | route | ${aspects.join(' | ')} |`,
      `| --- | --- | ${aspects.map(() => '---').join(' | ')} |`,
      ...rows,
      ...(known.length === 0 ? [] : ['\nKnown, and answered with 501:\n', ...known]),
      '',
    ].join('\n');
  });
  return introduction + (await Promise.all(sections)).join('');
}

/** An operation's cells, each linked to its test. `folder` is the path to the provider's folder of tests. */
export function cellsOf(row: OperationRow | undefined, folder: string): string[] {
  return aspects.map((aspect) => {
    const pin = row?.[aspect];
    return pin ? `[${pin.evidence}](${folder}/${fileOf(pin)})` : '–';
  });
}

/** The same for a page that is read where the tests are not: it names the tests instead of linking them. */
function namedCellsOf(row: OperationRow | undefined): string[] {
  return aspects.map((aspect) => {
    const pin = row?.[aspect];
    return pin ? `${pin.evidence}: \`${fileOf(pin).replace(/\.test\.ts$/, '')}\`` : '–';
  });
}

/** The file of the test that pins something. */
export function fileOf({ test }: Pin): string {
  return test.split(' > ', 1)[0] ?? '';
}

/** Every operation of a document, with its method in capitals. */
export function operationsOf(
  document: OpenApiDocument | undefined,
): [method: string, path: string, operation: DocumentedOperation][] {
  return Object.entries(document?.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, DocumentedOperation] => [
      method.toUpperCase(),
      path,
      operation,
    ]),
  );
}
