import { Type } from 'typebox';
import { EmulatorError } from '../core/errors.ts';
import { SeedError } from '../provider/seed/error.ts';
import { ControlError, invalidAt } from './errors.ts';
import { keyView, knownProvider } from './keys.ts';
import { answers, Credential, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const IssuedKey = Type.Object({ key: Key, secret: Type.String({ description: 'Shown this once' }), credential: Credential });

/** Issues keys of any provider in any state, described as in a seed file. */
export function addIssue(scope: ControlScope, { providers, worldOf }: ControlParts): void {
  scope.post(
    '/keys',
    {
      schema: {
        operationId: 'issueKey',
        tags: ['Keys'],
        summary: 'Issue a key of any provider, in any state, described as in a seed file',
        body: Type.Object(
          { provider: Type.String() },
          { additionalProperties: true, description: 'The further fields are those of a key in seed.schema.json' },
        ),
        response: { ...answers(IssuedKey), 409: answers(IssuedKey)[400] },
      },
    },
    async (request) => {
      const { provider, ...description } = request.body;
      knownProvider(providers, provider);
      const world = worldOf(request);
      const { key, credential } = await world.addKey(provider, description).catch(refuse);
      return { key: keyView(key, world.clock.now()), secret: credential.secret ?? '', credential };
    },
  );
}

/** In the control plane's own words. Throws 400 for a description that does not fit, 409 for a key that is there already. */
function refuse(error: unknown): never {
  if (error instanceof SeedError) {
    // The description stands for `keys[0]` of a seed.
    throw invalidAt(error.problems.map(({ path, problem }) => ({ path: path.slice(2), problem })));
  }
  if (error instanceof EmulatorError && error.code === 'key_name_taken') {
    throw new ControlError(409, 'key_exists', 'There is a key with this secret or this id already.');
  }
  throw error;
}
