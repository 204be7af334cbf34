import { Type } from 'typebox';
import type { Instant } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { keyView, knownProvider } from './keys.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const refusals = ['key_unknown', 'key_expired', 'key_suspended', 'key_revoked'] as const;

const Introspection = Type.Object({
  active: Type.Boolean(),
  provider: Nullable(Type.String()),
  reason: Type.Unsafe<(typeof refusals)[number] | null>({
    ...Words(refusals),
    type: ['string', 'null'],
    enum: [...refusals, null],
  }),
  key: Nullable(Key),
});

/** The truth about a credential, without using it. */
export function addIntrospection(scope: ControlScope, { providers, worldOf }: ControlParts): void {
  scope.post(
    '/introspect',
    {
      schema: {
        operationId: 'introspect',
        tags: ['Keys'],
        summary: 'Whether a secret would be accepted now, and why not; the key does not count as used',
        body: Type.Object({ secret: Type.String(), provider: Type.Optional(Type.String()) }),
        response: answers(Introspection),
      },
    },
    async (request) => {
      const { secret, provider } = request.body;
      const asked = provider === undefined ? providers : [knownProvider(providers, provider)];
      const world = worldOf(request);
      const now = world.clock.now();
      for (const one of asked) {
        const answer = await introspectAt(one, world, secret, now);
        if (answer !== undefined) return answer;
      }
      return { active: false, provider: null, reason: 'key_unknown' as const, key: null };
    },
  );
}

/** What one provider makes of the secret; undefined where it knows no such key. */
async function introspectAt(provider: Provider, world: World, presented: string, now: Instant) {
  const secret = provider.normalizeSecret?.(presented) ?? presented;
  const { key, refusal } = await world.keys(provider.name).introspect(secret, now);
  if (key === undefined) return undefined;
  const reason = refusals.find((code) => code === refusal?.code) ?? null;
  return { active: refusal === undefined, provider: provider.name, reason, key: keyView(key, now) };
}
