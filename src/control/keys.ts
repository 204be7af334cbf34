import { Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import { type ApiKey, effectiveState } from '../core/api-key.ts';
import type { EffectiveState } from '../core/key-state.ts';
import type { KeyFilter } from '../core/key-store.ts';
import { ControlError, invalid } from './errors.ts';
import { answers, Key, keyStates } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const Keys = Type.Object({
  keys: Type.Array(Key),
  total: Type.Integer({ description: 'How many keys match, on all pages' }),
  cursor: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Give it back to get the next page; null on the last',
  }),
});

const KeysQuery = Type.Object({
  provider: Type.Optional(Type.String()),
  state: Type.Optional(Type.Unsafe<EffectiveState>({ type: 'string', enum: keyStates })),
  tenant: Type.Optional(Type.String()),
  owner: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
  cursor: Type.Optional(Type.String()),
});

/** The stored keys, whatever their provider's own API shows of them; never a secret. */
export function addKeyRoutes(scope: ControlScope, { providers, worldOf }: ControlParts): void {
  const schema = { tags: ['Keys'] };

  scope.get(
    '/keys',
    {
      schema: {
        ...schema,
        operationId: 'listKeys',
        summary: 'All stored keys, revoked ones included',
        querystring: KeysQuery,
        response: answers(Keys),
      },
    },
    async (request) => {
      const { provider, state, tenant, owner, limit = 1000, cursor } = request.query;
      if (provider !== undefined) knownProvider(providers, provider);
      const { clock, store } = worldOf(request);
      const now = clock.now();
      const filter: KeyFilter = {
        ...(provider !== undefined && { provider }),
        ...(tenant !== undefined && { tenant }),
        ...(owner !== undefined && { owner }),
        ...(state !== undefined && stateFilter(state, now)),
      };
      const window = { limit: limit + 1, ...(cursor !== undefined && { after: cursor }) };
      const [found, total] = await Promise.all([store.keys.find(filter, window), store.keys.count(filter)]);
      const page = found.slice(0, limit);
      return {
        keys: page.map((key) => keyView(key, now)),
        total,
        cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
  );

  scope.get(
    '/keys/:id',
    { schema: { ...schema, operationId: 'getKey', params: Type.Object({ id: Type.String() }), response: answers(Key) } },
    async (request) => {
      const { clock, store } = worldOf(request);
      const [key] = await store.keys.find({ id: request.params.id }, { limit: 1 });
      if (key === undefined)
        throw new ControlError(404, 'key_not_found', `There is no key with the id ${JSON.stringify(request.params.id)}.`);
      return keyView(key, clock.now());
    },
  );
}

/** Throws 400 for a provider that is not running. */
export function knownProvider<P extends { readonly name: string }>(providers: readonly P[], name: string): P {
  const provider = providers.find((one) => one.name === name);
  if (provider !== undefined) return provider;
  throw invalid(`unknown provider ${JSON.stringify(name)}: there are ${providers.map((one) => one.name).join(', ')}`);
}

/** A key as the control plane shows it at an instant: effective state, RFC 3339 instants, no secret and no hash. */
export function keyView(key: ApiKey, now: Instant) {
  const { id, provider, tenant, owner, name, hint, grants } = key;
  const attributes = key.kind === 'key' ? key.attributes : { ...key.attributes, kind: key.kind };
  return {
    ...{ id, provider, tenant, owner, name, hint, state: effectiveState(key, now), grants, attributes },
    createdAt: toIso(key.createdAt),
    expiresAt: moment(key.expiresAt),
    lastUsedAt: moment(key.lastUsedAt),
    revokedAt: moment(key.revokedAt),
  };
}

/** Which stored keys have an effective state at an instant: the counterpart of `effectiveState`. */
function stateFilter(state: EffectiveState, now: Instant): KeyFilter {
  if (state === 'expired') return { states: ['active'], expiryBefore: now };
  if (state === 'active') return { states: ['active'], noExpiryBefore: now };
  return { states: [state] };
}

function moment(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}
