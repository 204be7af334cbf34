import { type Static, Type } from 'typebox';
import { EmulatorError } from '../core/errors.ts';
import type { Provider } from '../provider/provider.ts';
import { SeedError } from '../provider/seed/error.ts';
import type { World } from '../worlds/world.ts';
import { ControlError, invalidAt } from './errors.ts';
import { answers, ControlErrorBody, Credential, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { keyView, knownProvider } from './views.ts';

export const IssuedKey = Type.Object({
  key: Key,
  secret: Type.String({ description: 'Shown only in this answer' }),
  credential: Credential,
});

export const KeyDescription = Type.Object(
  { provider: Type.String() },
  {
    additionalProperties: true,
    description: 'The further fields are those of a key in seed.schema.json',
  },
);

/** Issues keys of any provider in any state, described as in a seed file. */
export function addIssueRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.post(
    '/keys',
    {
      schema: {
        operationId: 'issueKey',
        tags: ['Keys'],
        summary: 'Issue a key of any provider, in any state, described as in a seed file',
        body: { ...KeyDescription, examples: [{ provider: providers[0]?.name, owner: 'alice' }] },
        response: { ...answers(IssuedKey), 409: ControlErrorBody },
      },
    },
    async ({ world, body: { provider, ...description } }) => issueKey(world, knownProvider(providers, provider), description),
  );
}

async function issueKey(world: World, provider: Provider, given: object): Promise<Static<typeof IssuedKey>> {
  const description = await withOwnerNamed(world, provider, given);
  const now = world.clock.now();
  const { key, credential } = await world.addKey(provider.name, description, now).catch(refuse);
  return { key: keyView(key, now), secret: credential.secret ?? '', credential: { ...credential, key: key.id } };
}

/** A description whose owner is named as seeds name them: it may also be given as keys show it. */
async function withOwnerNamed(world: World, { name, seeds }: Provider, description: object): Promise<object> {
  const owner: unknown = Object(description).owner;
  if (typeof owner !== 'string') return description;
  const existing = world.resources(name);
  if ((await seeds.ownerOf(owner, existing)) !== undefined) return description;
  const [key] = await world.store.keys.find({ provider: name, owner }, { limit: 1 });
  const words = key && (await seeds.describeKey(key, existing));
  return words === undefined ? description : { ...description, owner: words['owner'] };
}

/** Throws an error of the control plane: 400 for a description that does not fit, 409 for a key that exists already. */
function refuse(error: unknown): never {
  if (error instanceof SeedError) {
    // The path begins with `keys` and `0`, because the description was read as the only key of a seed.
    throw invalidAt(error.problems.map(({ path, problem }) => ({ path: path.slice(2), problem })));
  }
  if (error instanceof EmulatorError && error.code === 'key_name_taken') {
    throw new ControlError(409, 'key_exists', 'A key with this secret or this id exists already.');
  }
  throw error;
}
