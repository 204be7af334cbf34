import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import { Nullable, Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { knownProvider } from './keys.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const AuditEvent = Type.Object(
  {
    provider: Type.String(),
    at: Type.String({ format: 'date-time' }),
    event: Type.String({ examples: ['API_KEY_CREATED'] }),
    severity: Words(['INFO', 'ERROR']),
    fields: Type.Object({}, { additionalProperties: true, description: "By the service's own names" }),
  },
  { title: 'AuditEvent' },
);

const AuditEvents = Type.Object({
  events: Type.Array(AuditEvent),
  total: Type.Integer(),
  cursor: Nullable(Type.String({ description: 'Give it back to get the next page; null on the last' })),
});

const AuditQuery = Type.Object({
  provider: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
  cursor: Type.Optional(Type.Integer({ minimum: 0 })),
});

/** What the real services write down for their customers about their keys, where they do. */
export function addAudit(scope: ControlScope, { providers, worldOf }: ControlParts): void {
  scope.get(
    '/audit',
    {
      schema: {
        operationId: 'listAuditEvents',
        tags: ['Providers'],
        summary: 'The audit trails of the providers that keep one, oldest first',
        querystring: AuditQuery,
        response: answers(AuditEvents),
      },
    },
    async (request) => {
      const { provider, limit = 1000, cursor = 0 } = request.query;
      const asked = provider === undefined ? providers : [knownProvider(providers, provider)];
      const events = (await Promise.all(asked.map((one) => eventsOf(one, worldOf(request))))).flat();
      const end = cursor + limit;
      return { events: events.slice(cursor, end), total: events.length, cursor: end < events.length ? String(end) : null };
    },
  );
}

async function eventsOf(provider: Provider, world: World) {
  const { name } = provider;
  const trail = (await provider.auditTrail?.(world.keys(name), world.resources(name))) ?? [];
  return trail.map(({ at, event, severity, fields }) => ({ provider: name, at: toIso(at), event, severity, fields }));
}
