import { Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { keyView } from './keys.ts';
import { boundsOf, pageFields, pageOf, pageQuery } from './pages.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const AgendaEvent = Type.Object(
  {
    at: Type.String({
      format: 'date-time',
      description: 'When a new key is known. A key is expired, and a revocation is seen, just after it',
    }),
    event: Words(['expiry', 'issue seen', 'revocation seen'], { description: 'The last two only while a fault delays changes' }),
    key: Key,
  },
  { title: 'AgendaEvent' },
);

/** What will happen by the clock alone, in order of time. */
export function addAgenda(scope: ControlScope, { providers, worldOf }: ControlParts): void {
  scope.get(
    '/agenda',
    {
      schema: {
        operationId: 'getAgenda',
        tags: ['Clock'],
        summary: 'Coming expiries and pending propagations, the next one first',
        querystring: Type.Object(pageQuery),
        response: answers(Type.Object({ events: Type.Array(AgendaEvent), ...pageFields })),
      },
    },
    async (request) => {
      const world = worldOf(request);
      const now = world.clock.now();
      const { keys } = world.store;
      const expiries = (await keys.expiring(now, null, boundsOf(request.query).end)).map((key) => ({
        at: key.expiresAt ?? now,
        event: 'expiry' as const,
        key,
      }));
      const pending = await Promise.all(providers.map(({ name }) => pendingOf(world, name, now)));
      const events = [...expiries, ...pending.flat()].sort((one, other) => one.at - other.at);
      const total = (await countExpiring(keys, now)) + pending.flat().length;
      const { page, ...rest } = pageOf(events, request.query, total);
      return { events: page.map(({ at, event, key }) => ({ at: toIso(at), event, key: keyView(key, now) })), ...rest };
    },
  );
}

/** How many keys are still to expire: all that have not expired, but for those that never will. */
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
