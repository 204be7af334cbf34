import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { pageByPlace, pageFields, pageQuery } from './pages.ts';
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
      const events = (await Promise.all(asked.map((one) => eventsOf(one, world)))).flat();
      const { page, ...rest } = pageByPlace(events, query);
      return { events: page, ...rest };
    },
  );
}

async function eventsOf(provider: Provider, world: World) {
  const { name } = provider;
  const trail = (await provider.auditTrail?.(world.keys(name), world.resources(name))) ?? [];
  return trail.map(({ at, event, severity, fields }) => ({ provider: name, at: toIso(at), event, severity, fields }));
}
