import { systemClock } from '../src/clock.ts';
import type { ProviderModule } from '../src/provider/provider.ts';
import { builtInSeeds, readReporting } from '../src/worlds/seeds.ts';
import type { OpenApiDocument } from './documents.ts';
import { operationsOf } from './supported.ts';

const introduction = `/**
 * The names of what is emulated, by provider. \`npm run generate\` writes this file from the providers, and the tests compare it.
 * A credential without a secret belongs to a user who has no key yet.
 */
export interface Emulated {
`;

/** `src/client/emulated.ts`: the client may not import the providers, so their names are written for it. */
export async function emulatedTypes(
  documents: ReadonlyMap<string, OpenApiDocument>,
  providers: readonly ProviderModule[],
): Promise<string> {
  const members = providers.map(async (module) => {
    const { name, profiles, unimplemented } = module;
    const routed = operationsOf(documents.get(name)).map(([, , { operationId = '' }]) => operationId);
    const credentials = await credentialsOf(module);
    return [
      `  readonly ${/^\w+$/.test(name) ? name : `'${name}'`}: {`,
      ...union('profile', profiles),
      ...union('operation', [...routed, ...unimplemented.map(({ id }) => id)].toSorted()),
      ...union('withSecret', namesOf(credentials.filter(({ secret }) => secret !== null))),
      ...union('withoutSecret', namesOf(credentials.filter(({ secret }) => secret === null))),
      '  };',
    ].join('\n');
  });
  return `${introduction}${(await Promise.all(members)).join('\n')}\n}\n`;
}

async function credentialsOf(module: ProviderModule) {
  const provider = module.emulate(module.profiles[0] ?? '');
  const seed = await readReporting(module.name, systemClock.now(), (context) =>
    builtInSeeds.read(provider, 'everything', context),
  );
  return seed.credentials;
}

function namesOf(credentials: readonly { readonly name: string }[]): string[] {
  return credentials.map(({ name }) => name);
}

/** A field whose type is one of some texts, in lines of at most 130 characters. */
function union(field: string, names: readonly string[]): string[] {
  const texts = [...new Set(names)].map((name) => JSON.stringify(name).replaceAll('"', "'"));
  const lines: string[] = [`    readonly ${field}:`];
  for (const text of texts.length === 0 ? ['never'] : texts.map((one) => `| ${one}`)) {
    const longer = `${lines.at(-1)} ${text}`;
    if (longer.length < 130) lines[lines.length - 1] = longer;
    else lines.push(`      ${text}`);
  }
  return [...lines.slice(0, -1), `${lines.at(-1)};`];
}
