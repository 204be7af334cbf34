import { Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { Words } from '../http/schemas.ts';
import type { World } from '../worlds/world.ts';
import { keyView } from './keys.ts';
import { pageFields, pageOf, pageQuery } from './pages.ts';
import { answers, Key } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

/** So many expiries are looked ahead. */
const horizon = 10_000;

const AgendaEvent = Type.Object(
  {
    at: Type.String({ format: 'date-time', description: 'The last instant at which things are as they are' }),
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
      const expiries = (await world.store.keys.expiring(now, null, horizon)).map((key) => ({
        at: key.expiresAt ?? now,
        event: 'expiry' as const,
        key,
      }));
      const pending = await Promise.all(providers.map(({ name }) => pendingOf(world, name, now)));
      const events = [...expiries, ...pending.flat()].sort((one, other) => one.at - other.at);
      const { page, ...rest } = pageOf(events, request.query);
      return { events: page.map(({ at, event, key }) => ({ at: toIso(at), event, key: keyView(key, now) })), ...rest };
    },
  );
}

interface Pending {
  readonly at: Instant;
  readonly event: 'issue seen' | 'revocation seen';
  readonly key: ApiKey;
}

/** The changes that a provider has not seen yet. */
async function pendingOf(world: World, provider: string, now: Instant): Promise<Pending[]> {
  const keys = world.keys(provider);
  const { issueMs, revokeMs } = keys.propagation;
  if (issueMs === 0 && revokeMs === 0) return [];
  return (await keys.find({})).flatMap((key): Pending[] => {
    const issued = key.createdAt + issueMs;
    const revoked = (key.revokedAt ?? Number.NEGATIVE_INFINITY) + revokeMs;
    return [
      ...(issueMs > 0 && now < issued ? [{ at: issued, event: 'issue seen' as const, key }] : []),
      ...(revokeMs > 0 && now <= revoked ? [{ at: revoked, event: 'revocation seen' as const, key }] : []),
    ];
  });
}
