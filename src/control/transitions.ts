import { Type } from 'typebox';
import type { Instant } from '../clock.ts';
import { type ApiKey, expireKey, resumeKey, revokeKey, suspendKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { World } from '../worlds/world.ts';
import { ControlError } from './errors.ts';
import { answers, ControlErrorBody, Key, keyId } from './schemas.ts';
import type { ControlScope } from './scope.ts';
import { keyNotFound, keyView, keyWithId } from './views.ts';

type Move = (key: ApiKey, now: Instant) => ApiKey;

/** The transitions that can be forced on a key, whatever its provider's own API offers. */
const moves: Readonly<Record<string, Move>> = {
  suspend: suspendKey,
  resume: resumeKey,
  revoke: revokeKey,
  expire: expireKey,
};

/** The routes that force a transition, one for each. */
export function addTransitionRoutes(scope: ControlScope): void {
  for (const [name, move] of Object.entries(moves)) {
    scope.post(
      `/keys/:id/${name}`,
      {
        schema: {
          operationId: `${name}Key`,
          tags: ['Keys'],
          summary: `Force the transition "${name}" on a key, whatever its provider's own API offers`,
          params: Type.Object({ id: keyId }),
          response: { ...answers(Key), 409: ControlErrorBody },
        },
      },
      async ({ world, params }) => moveKey(world, params.id, move),
    );
  }
}

async function moveKey(world: World, id: string, move: Move) {
  const now = world.clock.now();
  const { contents } = world;
  const { provider } = await keyWithId(world, id);
  const changed = await contents
    .keys(provider)
    .change({ id }, (key) => move(key, now))
    .catch(refuse);
  if (changed === undefined) throw keyNotFound(id);
  return keyView(changed, now);
}

function refuse(error: unknown): never {
  if (error instanceof EmulatorError && error.code === 'transition_refused') {
    throw new ControlError(409, 'transition_refused', 'The key is revoked, which is final.');
  }
  throw error;
}
