import { type Static, Type } from 'typebox';
import type { Instant } from '../clock.ts';
import type { EffectiveState } from '../core/key-state.ts';
import { effectiveStates } from '../core/key-state.ts';
import type { KeyFilter, KeyOwner } from '../core/key-store.ts';
import type { Provider } from '../provider/provider.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { limitOf, mapInPieces, pageFields, pageOf, pageQuery, refuseCursor } from './pages.ts';
import { answers, Key, keyId } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { keyView, keyWithId, knownProvider } from './views.ts';

const KeysQuery = Type.Object({
  provider: Type.Optional(Type.String()),
  state: Type.Optional(Words(effectiveStates)),
  tenant: Type.Optional(Type.String()),
  owner: Type.Optional(Type.String({ description: 'As a key shows it, or as it is named when a key is issued' })),
  ...pageQuery,
});
export type KeysQuery = Static<typeof KeysQuery>;

const tags = ['Keys'];

/** The stored keys, whatever their provider's own API shows of them; never a secret. */
export function addKeyRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.get(
    '/keys',
    {
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'All stored keys, revoked ones included',
        querystring: KeysQuery,
        response: answers(Type.Object({ keys: Type.Array(Key), ...pageFields })),
      },
    },
    async ({ world, query }) => {
      if (query.provider !== undefined) knownProvider(providers, query.provider);
      return listKeys(world, query, providers);
    },
  );

  scope.get(
    '/keys/:id',
    { schema: { operationId: 'getKey', tags, params: Type.Object({ id: keyId }), response: answers(Key) } },
    async ({ world, params }) => keyView(await keyWithId(world, params.id), world.clock.now()),
  );
}

async function listKeys(world: World, query: KeysQuery, providers: readonly Provider[]) {
  const { clock, store } = world;
  const now = clock.now();
  const { owner } = query;
  const owners = owner === undefined ? {} : { owners: await ownersNamed(owner, world, providers) };
  const filter = { ...filterOf(query, now), ...owners };
  if (query.cursor !== undefined) await checkCursor(world, query.cursor);
  const window = { limit: limitOf(query) + 1, ...(query.cursor !== undefined && { after: query.cursor }) };
  const [found, total] = await Promise.all([store.keys.find(filter, window), store.keys.count(filter)]);
  const { page, ...rest } = pageOf(found, query, total, ({ id }) => id);
  return { keys: await mapInPieces(page, (key) => keyView(key, now)), ...rest };
}

/** Throws 400 for a cursor that names no key: a page without keys would read as the last one. */
async function checkCursor({ store }: World, cursor: string): Promise<void> {
  const found = await store.keys.find({ id: cursor }, { limit: 1 });
  if (found.length === 0) refuseCursor(cursor);
}

/** The owners that a name stands for: the one that is stored like this, and those whom the providers' seeds call like this. */
async function ownersNamed(name: string, world: World, providers: readonly Provider[]): Promise<readonly KeyOwner[]> {
  const named = providers.map(async (provider): Promise<readonly KeyOwner[]> => {
    const owner = await provider.seeds.ownerOf(name, world.resources(provider.name));
    return owner === undefined || owner === name ? [] : [{ owner, provider: provider.name }];
  });
  return [{ owner: name }, ...(await Promise.all(named)).flat()];
}

function filterOf({ provider, state, tenant }: KeysQuery, now: Instant): KeyFilter {
  return {
    ...(provider !== undefined && { provider }),
    ...(tenant !== undefined && { tenant }),
    ...(state !== undefined && stateFilter(state, now)),
  };
}

/** Which stored keys have an effective state at an instant: the counterpart of `effectiveState`. */
function stateFilter(state: EffectiveState, now: Instant): KeyFilter {
  if (state === 'expired') return { states: ['active'], expiryBefore: now };
  if (state === 'active') return { states: ['active'], noExpiryBefore: now };
  return { states: [state] };
}
