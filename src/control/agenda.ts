import { type Static, Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';
import type { Provider } from '../provider/provider.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { neededFor, pageByPlace, pageFields, pageQuery } from './pages.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { keyView } from './views.ts';

export const AgendaEvent = Type.Object(
  {
    at: Type.String({
      format: 'date-time',
      description: 'When a new key becomes known. An expiry or a revocation takes effect just after this instant',
    }),
    event: Words(['expiry', 'issue seen', 'revocation seen'], {
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

async function agendaOf(world: World, providers: readonly Provider[], query: Static<typeof AgendaQuery>) {
  const now = world.clock.now();
  const { keys } = world.store;
  const expiries = (await keys.expiring(now, null, neededFor(query))).map((key) => ({
    at: key.expiresAt ?? now,
    event: 'expiry' as const,
    key,
  }));
  const pending = (await Promise.all(providers.map(({ name }) => pendingOf(world, name, now)))).flat();
  const events = [...expiries, ...pending].sort((one, other) => one.at - other.at);
  const { page, ...rest } = pageByPlace(events, query, (await countExpiring(keys, now)) + pending.length);
  return { events: page.map(({ at, event, key }) => ({ at: toIso(at), event, key: keyView(key, now) })), ...rest };
}

/** How many keys are still to expire: all that have not expired, except those that never will. */
async function countExpiring(keys: KeyStore, now: Instant): Promise<number> {
  const states = ['active'] as const;
  const lasting = await keys.count({ states, noExpiryBefore: Number.MAX_SAFE_INTEGER });
  return (await keys.count({ states, noExpiryBefore: now })) - lasting;
}

interface Pending {
  readonly at: Instant;
  readonly event: 'issue seen' | 'revocation seen';
  readonly key: ApiKey;
}

/** The changes that a provider has not seen yet. */
async function pendingOf(world: World, provider: string, now: Instant): Promise<Pending[]> {
  const keys = world.keys(provider);
  const pending = world.unseenChanges(provider, now).map(async ({ id, change, seenAt }): Promise<Pending[]> => {
    const key = await keys.findFirst({ id });
    return key === undefined ? [] : [{ at: seenAt, event: `${change} seen`, key }];
  });
  return (await Promise.all(pending)).flat();
}
