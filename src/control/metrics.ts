import { Type } from 'typebox';
import { errorOf } from '../provider/mutant-words.ts';
import { answers, answersPlainly } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

/** The metrics for a monitoring system. */
export function addMetricsRoutes(scope: ControlScope, { counts, worlds, gate }: ControlParts): void {
  scope.get(
    '/metrics',
    {
      config: { isAboutNoWorld: true },
      schema: {
        operationId: 'getMetrics',
        tags: ['World'],
        summary:
          "Prometheus' text format: requests by world, provider, operation and status; keys and worlds; whether it errs on purpose",
        response: answers(Type.String({ description: 'text/plain' })),
      },
      serializerCompiler: answersPlainly,
    },
    async (_request, reply) => {
      const { metricsText } = await import('../metrics/text.ts');
      const open = await Promise.all(worlds.all().map(async ({ name, store }) => ({ name, keys: await store.keys.count({}) })));
      const { type, text } = await metricsText({ requests: counts.list(), worlds: open, errs: errorOf(gate.mutant) !== null });
      return reply.type(type).send(text);
    },
  );
}
