import { Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { Provider } from '../provider/provider.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import {
  cursorOf,
  type EventPlace,
  eventPlaceOf,
  limitOf,
  mapInPieces,
  type PageQuery,
  pageFields,
  pageOf,
  pageQuery,
  refuseCursor,
} from './pages.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { keyView } from './views.ts';

const comingEvents = ['expiry', 'issue seen', 'revocation seen'] as const;

export const AgendaEvent = Type.Object(
  {
    at: Type.String({
      format: 'date-time',
      description: 'When a new key becomes known. An expiry or a revocation takes effect just after this instant',
    }),
    event: Words(comingEvents, {
      description: 'The last two occur only while a fault delays changes',
    }),
    key: Key,
  },
  { title: 'AgendaEvent' },
);

const AgendaQuery = Type.Object(pageQuery);

/** The events that the clock alone will bring about, in order of time. */
export function addAgendaRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.get(
    '/agenda',
    {
      schema: {
        operationId: 'getAgenda',
        tags: ['Clock'],
        summary: 'Coming expiries and pending propagations, the next one first',
        querystring: AgendaQuery,
        response: answers(Type.Object({ events: Type.Array(AgendaEvent), ...pageFields })),
      },
    },
    async ({ world, query }) => agendaOf(world, providers, query),
  );
}

async function agendaOf(world: World, providers: readonly Provider[], query: PageQuery) {
  const now = world.clock.now();
  const { keys } = world.store;
  const after = readCursor(query);
  const [found, count, ...pendings] = await Promise.all([
    expiriesAfter(keys, after, now, limitOf(query) + 1),
    keys.countExpiring(now),
    ...providers.map(({ name }) => pendingOf(world, name, now)),
  ]);
  const expiries = found.map((key): Coming => ({ at: key.expiresAt ?? now, event: 'expiry', key }));
  const pending = pendings.flat().sort(byInstant);
  const rest = [...expiries, ...pendingAfter(pending, after)].sort(byInstant);
  const { page, ...fields } = pageOf(rest, query, count + pending.length, (last) => cursorOf({ ...last, id: last.key.id }));
  const events = await mapInPieces(page, ({ at, event, key }) => ({ at: toIso(at), event, key: keyView(key, now) }));
  return { events, ...fields };
}

/** Something that the clock will bring about. Of those at one instant, expiries come first. */
interface Coming {
  readonly at: Instant;
  readonly event: (typeof comingEvents)[number];
  readonly key: ApiKey;
}

function byInstant(one: Coming, other: Coming): number {
  return one.at - other.at;
}

function readCursor({ cursor }: PageQuery): EventPlace | undefined {
  if (cursor === undefined) return undefined;
  const place = eventPlaceOf(cursor);
  return place !== undefined && comingEvents.some((event) => event === place.event) ? place : refuseCursor(cursor);
}

/** The first keys to expire after an event, which may itself have happened since the previous page. */
async function expiriesAfter(keys: KeyStore, after: EventPlace | undefined, now: Instant, limit: number): Promise<ApiKey[]> {
  if (after === undefined || after.at < now) return keys.expiring(now, null, limit);
  const { at, event, id } = after;
  return event === 'expiry' ? keys.expiring(at, null, limit, id) : keys.expiring(at + 1, null, limit);
}

function pendingAfter(pending: readonly Coming[], after: EventPlace | undefined): readonly Coming[] {
  if (after === undefined) return pending;
  const { at, event, id } = after;
  const last = pending.findIndex((one) => one.at === at && one.event === event && one.key.id === id);
  return last === -1 ? pending.filter((one) => one.at >= at) : pending.slice(last + 1);
}

/** The changes that a provider has not seen yet. */
async function pendingOf(world: World, provider: string, now: Instant): Promise<Coming[]> {
  const keys = world.keys(provider);
  const pending = world.unseenChanges(provider, now).map(async ({ id, change, seenAt }): Promise<Coming[]> => {
    const key = await keys.findFirst({ id });
    return key === undefined ? [] : [{ at: seenAt, event: `${change} seen`, key }];
  });
  return (await Promise.all(pending)).flat();
}
