import { type Static, Type } from 'typebox';
import { EmulatorError } from '../../core/errors.ts';
import { SeedError } from '../../provider/seed/error.ts';
import { issueSuccessor, type SuccessorTerms } from '../../worlds/succession.ts';
import type { World } from '../../worlds/world.ts';
import { ControlError, invalidAt } from '../errors.ts';
import { IssuedKey } from '../issue.ts';
import { answers, ControlErrorBody, keyId } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';
import { keyView, keyWithId, knownProvider } from '../views.ts';

export const SuccessorBody = Type.Object(
  {
    name: Type.Optional(
      Type.String({ description: 'Left out: that of the key; where each name is allowed once, the next free one, such as ci-2' }),
    ),
    expiresIn: Type.Optional(
      Type.String({ description: 'A duration: Go-style (720h) or ISO 8601 (P30D). Left out: as long as the key lives' }),
    ),
  },
  { examples: [{ name: 'ci-2', expiresIn: '720h' }] },
);

/** Replaces keys: a further one like it, within the limits of its provider. */
export function addSuccessorRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.post(
    '/keys/:id/successor',
    {
      schema: {
        operationId: 'issueSuccessor',
        tags: ['Keys'],
        summary: "Issue a key like another: same owner, tenant and grants, within the provider's own limits",
        params: Type.Object({ id: keyId }),
        body: SuccessorBody,
        response: { ...answers(IssuedKey), 409: ControlErrorBody },
      },
    },
    async ({ world, params, body }) => succeed(world, params.id, providers, body),
  );
}

async function succeed(
  world: World,
  id: string,
  providers: ControlParts['providers'],
  terms: SuccessorTerms,
): Promise<Static<typeof IssuedKey>> {
  const { contents } = world;
  const now = world.clock.now();
  const key = await keyWithId(world, id);
  const issued = await issueSuccessor(key, knownProvider(providers, key.provider), { contents, now }, terms).catch(refuse);
  if (issued === undefined) throw refused(`its owner ${JSON.stringify(key.owner)} is gone`);
  const { credential } = issued;
  return {
    key: keyView(issued.key, now),
    secret: credential.secret ?? '',
    credential: { ...credential, key: issued.key.id },
  };
}

function refused(why: string, details: unknown = null): ControlError {
  return new ControlError(409, 'successor_refused', `There can be no key like this one: ${why}.`, details);
}

const asked: ReadonlySet<unknown> = new Set(['name', 'expiresIn']);

/** Throws an error of the control plane: 400 for terms that do not fit, 409 for what stands in the way. */
function refuse(error: unknown): never {
  if (error instanceof SeedError) {
    // The path begins with `keys` and `0`, because the description was read as the only key of a seed.
    const problems = error.problems.map(({ path, problem }) => ({ path: path.slice(2), problem }));
    const unfit = problems.filter(({ path }) => asked.has(path[0]));
    if (unfit.length > 0) throw invalidAt(unfit);
    throw refused(
      problems.map(({ path, problem }) => `${path.join('/')} ${problem}`).join('; '),
      problems.map(({ problem }) => ({ problem })),
    );
  }
  if (!(error instanceof EmulatorError)) throw error;
  throw limitOf(error) ?? error;
}

function limitOf({ code, detail }: EmulatorError): ControlError | undefined {
  const { limit, name, problem } = Object(detail);
  if (code === 'key_limit_reached')
    return new ControlError(409, code, `The provider allows ${limit} keys here, and there are as many. Revoke one first.`, {
      limit,
    });
  if (code === 'key_name_taken')
    return new ControlError(409, code, `The owner has a key with the name ${JSON.stringify(name)}. Give another "name".`);
  return code === 'request_malformed' ? refused(`the provider refuses it (${problem})`) : undefined;
}
