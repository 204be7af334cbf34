import { Type } from 'typebox';
import type { Instant } from '../clock.ts';
import { type ApiKey, expireKey, resumeKey, revokeKey, suspendKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import { ControlError } from './errors.ts';
import { keyView } from './keys.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

/** What may be done to a key from outside, whatever its provider's own API offers. */
const moves: Readonly<Record<string, (key: ApiKey, now: Instant) => ApiKey>> = {
  suspend: suspendKey,
  resume: resumeKey,
  revoke: revokeKey,
  expire: expireKey,
};

export function addTransitions(scope: ControlScope, { worldOf }: ControlParts): void {
  for (const [name, move] of Object.entries(moves)) {
    scope.post(
      `/keys/:id/${name}`,
      {
        schema: {
          operationId: `${name}Key`,
          tags: ['Keys'],
          summary: `Force a key to ${name}, whatever its provider's own API offers`,
          params: Type.Object({ id: Type.String() }),
          response: { ...answers(Key), 409: answers(Key)[400] },
        },
      },
      async (request) => {
        const { id } = request.params;
        const world = worldOf(request);
        const now = world.clock.now();
        const [found] = await world.store.keys.find({ id }, { limit: 1 });
        const changed =
          found &&
          (await world
            .keys(found.provider)
            .change({ id }, (key) => move(key, now))
            .catch(refuse));
        if (changed === undefined)
          throw new ControlError(404, 'key_not_found', `There is no key with the id ${JSON.stringify(id)}.`);
        return keyView(changed, now);
      },
    );
  }
}

function refuse(error: unknown): never {
  if (error instanceof EmulatorError && error.code === 'transition_refused') {
    throw new ControlError(409, 'transition_refused', 'The key is revoked, and that is final.');
  }
  throw error;
}
