import { type Static, Type } from 'typebox';
import type { Instant } from '../clock.ts';
import { type ApiKey, keyKinds } from '../core/api-key.ts';
import type { EffectiveState } from '../core/key-state.ts';
import { effectiveStates } from '../core/key-state.ts';
import {
  instantIn,
  type KeyFilter,
  type KeyListing,
  type KeyListPlace,
  type KeyOwner,
  type KeyStore,
  keyListings,
} from '../core/key-store.ts';
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
  kind: Type.Optional(Words(keyKinds, { description: 'A session is issued by a log-in' })),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'A part of the name, the owner, the hint or the id, in either case',
    }),
  ),
  order: Type.Optional(
    Words(keyListings, {
      description:
        'By issue, by expiry (the next one first, those that never expire last) or by last use (the last one first, unused keys last). Left out: in the order in which latchkey got them, which is that of their issue unless they were given another',
    }),
  ),
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
  const [found, total] = await Promise.all([foundIn(store.keys, filter, query), store.keys.count(filter)]);
  const { order } = query;
  const { page, ...rest } = pageOf(found, query, total, (key) => (order === undefined ? key.id : placeText(order, key)));
  return { keys: await mapInPieces(page, (key) => keyView(key, now)), ...rest };
}

/** The keys from the page's first one on, with one more than fit on it if there is one. */
function foundIn(keys: KeyStore, filter: KeyFilter, query: KeysQuery): Promise<ApiKey[]> {
  const { order, cursor } = query;
  const limit = limitOf(query) + 1;
  if (order !== undefined) return keys.list(order, filter, placeOf(cursor), limit);
  return keys.find(filter, { limit, ...(cursor !== undefined && { after: cursor }) });
}

/** The cursor of a key in an order. It has its instant: the key may have another when the next page is asked for. */
function placeText(order: KeyListing, key: ApiKey): string {
  return `${instantIn(order, key) ?? 'none'}.${key.id}`;
}

/** The place that a cursor of an ordered list names. Throws 400 for a cursor that no page gave. */
function placeOf(cursor: string | undefined): KeyListPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(none|-?\d{1,15})\.(.+)$/s.exec(cursor) ?? [];
  return at === undefined || id === undefined ? refuseCursor(cursor) : { at: at === 'none' ? null : Number(at), id };
}

/** The owners that a name stands for: the one that is stored like this, and those whom the providers' seeds call like this. */
async function ownersNamed(name: string, world: World, providers: readonly Provider[]): Promise<readonly KeyOwner[]> {
  const named = providers.map(async (provider): Promise<readonly KeyOwner[]> => {
    const owner = await provider.seeds.ownerOf(name, world.resources(provider.name));
    return owner === undefined || owner === name ? [] : [{ owner, provider: provider.name }];
  });
  return [{ owner: name }, ...(await Promise.all(named)).flat()];
}

function filterOf({ provider, state, tenant, kind, q }: KeysQuery, now: Instant): KeyFilter {
  return {
    ...(provider !== undefined && { provider }),
    ...(tenant !== undefined && { tenant }),
    ...(kind !== undefined && { kind }),
    ...(q !== undefined && { text: q }),
    ...(state !== undefined && stateFilter(state, now)),
  };
}

/** Which stored keys have an effective state at an instant: the counterpart of `effectiveState`. */
function stateFilter(state: EffectiveState, now: Instant): KeyFilter {
  if (state === 'expired') return { states: ['active'], expiryBefore: now };
  if (state === 'active') return { states: ['active'], noExpiryBefore: now };
  return { states: [state] };
}
