import { Type } from 'typebox';
import { errorOf } from '../../provider/mutant-words.ts';
import { Nullable } from '../../provider/schemas.ts';
import { answers } from '../schemas.ts';
import type { ControlParts, ControlScope } from '../scope.ts';
import { secureUrlOf } from '../tls.ts';

const Health = Type.Object(
  {
    status: Type.Literal('ok'),
    version: Type.String(),
    https: Nullable(Type.String({ description: 'The base URL over https; null if https is not served' })),
    mutant: Nullable(
      Type.String({
        description: 'How it errs on purpose, as it was set: `accept-revoked@rockset`; null if it does not, and for `none`',
      }),
    ),
  },
  { title: 'Health' },
);
const Failing = Type.Object(
  {
    status: Type.Literal('failing'),
    version: Type.String(),
    problems: Type.Array(Type.Object({ world: Type.String(), problem: Type.String() })),
  },
  { description: 'A world cannot be used any more: its database file is gone' },
);

export const Ready = Type.Object({ status: Type.Literal('ready') }, { title: 'Ready' });
export const NotReady = Type.Object(
  { status: Type.Literal('not ready'), reason: Type.String() },
  { title: 'NotReady', description: 'Send it no further requests: it is stopping' },
);

/** Who checks it has no token to show, and may know this latchkey by any name. */
const config = { isAboutNoWorld: true, needsNoToken: true, answersAnyHost: true } as const;

/** Whether every open world can be used, and what a page has to know of this latchkey at once; whether to send it requests. */
export function addHealthRoutes(scope: ControlScope, parts: ControlParts): void {
  const { version, worlds } = parts;
  const mutant = errorOf(parts.gate.mutant);
  const schema = { operationId: 'getHealth', tags: ['World'], response: { ...answers(Health), 503: Failing } };
  // It is the first call of all, and a serialiser would have to be loaded and compiled for it.
  const serializerCompiler = () => JSON.stringify;
  scope.get('/health', { schema, config, serializerCompiler }, async (request, reply) => {
    const problems = [...worlds.lost()].map(([world, { message }]) => ({ world, problem: message }));
    if (problems.length === 0) {
      const https = secureUrlOf(request, worlds.default.name, parts) ?? null;
      return { status: 'ok' as const, version, https, mutant };
    }
    return reply.code(503).send({ status: 'failing', version, problems });
  });
  const readySchema = { operationId: 'getReadiness', tags: ['World'], response: { ...answers(Ready), 503: NotReady } };
  scope.get('/ready', { schema: readySchema, config, serializerCompiler }, async (_request, reply) => {
    const reason = await parts.readiness();
    if (reason === undefined) return { status: 'ready' as const };
    return reply.code(503).send({ status: 'not ready', reason });
  });
}
