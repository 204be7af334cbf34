import { type Static, Type } from 'typebox';
import { toIso } from '../clock.ts';
import type { AuditEvent as AuditEntry, AuditPage, AuditPlace, Provider } from '../provider/provider.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import {
  cursorOf,
  eventPlaceOf,
  limitOf,
  mapInPieces,
  type PageQuery,
  pageFields,
  pageOf,
  pageQuery,
  refuseCursor,
} from './pages.ts';
import { AnyFields, answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { knownProvider } from './views.ts';

const AuditEvent = Type.Object(
  {
    provider: Type.String(),
    at: Type.String({ format: 'date-time' }),
    event: Type.String({ examples: ['API_KEY_CREATED'] }),
    severity: Words(['INFO', 'ERROR']),
    fields: AnyFields({ description: "By the service's own names" }),
  },
  { title: 'AuditEvent' },
);

/** The audit trails that the real services keep for their customers. */
export function addAuditRoutes(scope: ControlScope, { providers }: ControlParts): void {
  scope.get(
    '/audit',
    {
      schema: {
        operationId: 'listAuditEvents',
        tags: ['Providers'],
        summary: 'The audit trails of the providers that keep one, oldest first',
        querystring: Type.Object({ provider: Type.Optional(Type.String()), ...pageQuery }),
        response: answers(Type.Object({ events: Type.Array(AuditEvent), ...pageFields })),
      },
    },
    async ({ world, query }) => {
      const asked = query.provider === undefined ? providers : [knownProvider(providers, query.provider)];
      return listEvents(asked, world, query);
    },
  );
}

/** The trails of the providers, one after the other. A cursor names the provider and the event. */
async function listEvents(asked: readonly Provider[], world: World, query: PageQuery) {
  const start = readCursor(query, asked);
  const wanted = limitOf(query) + 1;
  const found: ShownEvent[] = [];
  let total = 0;
  for (const [index, provider] of asked.entries()) {
    const isBefore = start !== undefined && index < asked.indexOf(start.provider);
    const after = start?.provider === provider ? start.place : undefined;
    const part = await partOf(provider, world, after, isBefore ? 0 : wanted - found.length);
    found.push(...part.events.map((event) => ({ provider: provider.name, event })));
    total += part.total;
  }
  const { page, ...rest } = pageOf(found, query, total, ({ provider, event }) => `${provider}.${cursorOf(event)}`);
  return { events: await mapInPieces(page, viewOf), ...rest };
}

interface ShownEvent {
  readonly provider: string;
  readonly event: AuditEntry;
}

async function partOf(provider: Provider, world: World, after: AuditPlace | undefined, limit: number): Promise<AuditPage> {
  const { name } = provider;
  return (await provider.auditTrail?.(world.keys(name), world.resources(name), after, limit)) ?? { events: [], total: 0 };
}

function readCursor({ cursor }: PageQuery, asked: readonly Provider[]) {
  if (cursor === undefined) return undefined;
  const [name = ''] = cursor.split('.', 1);
  const provider = asked.find((one) => one.name === name);
  const place = eventPlaceOf(cursor.slice(name.length + 1));
  return provider === undefined || place === undefined ? refuseCursor(cursor) : { provider, place };
}

function viewOf({ provider, event: { at, event, severity, fields } }: ShownEvent): Static<typeof AuditEvent> {
  return { provider, at: toIso(at), event, severity, fields };
}
