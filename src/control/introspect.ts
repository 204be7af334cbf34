import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Instant } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { Gate, Introspected } from '../http/gate.ts';
import type { Provider } from '../provider/provider.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { keyView, knownProvider } from './views.ts';

const refusals = ['key_unknown', 'key_expired', 'key_suspended', 'key_revoked'] as const;

export const Introspection = Type.Object({
  active: Type.Boolean(),
  provider: Nullable(Type.String()),
  reason: Type.Unsafe<(typeof refusals)[number] | null>({
    ...Words(refusals),
    type: ['string', 'null'],
    enum: [...refusals, null],
  }),
  key: Nullable(Key),
});
type Introspection = Static<typeof Introspection>;

/** Whether a credential would be accepted, without using it. */
export function addIntrospectionRoutes(scope: ControlScope, { providers, gate }: ControlParts): void {
  scope.post(
    '/introspect',
    {
      config: { isForAnyContents: true },
      schema: {
        operationId: 'introspect',
        tags: ['Keys'],
        summary: 'Whether a secret would be accepted now, and why not; the key does not count as used',
        body: Type.Object({
          secret: Type.String({ description: 'As it would be presented', examples: ['a secret of any provider'] }),
          provider: Type.Optional(Type.String()),
        }),
        response: answers(Introspection),
      },
    },
    async (request) => {
      const { provider, secret } = request.body;
      return introspect(request, secret, provider === undefined ? providers : [knownProvider(providers, provider)], gate);
    },
  );
}

/** The answer of the first provider that knows the secret. */
async function introspect(
  request: FastifyRequest,
  secret: string,
  providers: readonly Provider[],
  gate: Gate,
): Promise<Introspection> {
  const { world } = request;
  const now = world.clock.now();
  const ask = async (provider: Provider, truth: Introspected) =>
    viewOf(provider, await gate.introspect({ request, provider, secret, now }, truth), now);
  for (const provider of providers) {
    const truth = await introspectAt(provider, world, secret, now);
    if (truth.key !== undefined) return ask(provider, truth);
  }
  // Which of several providers it would be presented to, only a mutant of one of them says.
  const [asked] = providers.length === 1 ? providers : providers.filter(({ name }) => name === gate.mutant?.provider);
  return asked === undefined ? unknown : ask(asked, await introspectAt(asked, world, secret, now));
}

const unknown: Introspection = { active: false, provider: null, reason: 'key_unknown', key: null };

/** What one provider knows of a secret. */
function introspectAt(provider: Provider, world: World, presented: string, now: Instant): MaybePromise<Introspected> {
  return world.keys(provider.name).introspect(provider.normalizeSecret?.(presented) ?? presented, now);
}

function viewOf(provider: Provider, { key, refusal }: Introspected, now: Instant): Introspection {
  if (key === undefined) return unknown;
  const reason = refusals.find((code) => code === refusal?.code) ?? null;
  return { active: refusal === undefined, provider: provider.name, reason, key: keyView(key, now) };
}
