import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { overlookUnreadableTypes } from '../http/bodies.ts';
import { lazySerializers, lazyValidators } from '../http/compilers.ts';
import type { ScopeExtension } from '../http/provider-scope.ts';
import { addAgenda } from './agenda.ts';
import { addAudit } from './audit.ts';
import { addClockRoutes } from './clock.ts';
import { addCredentials } from './credentials.ts';
import { addDocuments, type DocumentParts } from './documents.ts';
import { answerControlError, ControlError, invalid } from './errors.ts';
import { addEvents } from './events.ts';
import { addFaults } from './faults.ts';
import { refuseForeignCallers, requireAdminToken } from './guard.ts';
import { addIntrospection } from './introspect.ts';
import { addIssue } from './issue.ts';
import { addJournal } from './journal.ts';
import { addKeyRoutes } from './keys.ts';
import { addMetrics } from './metrics.ts';
import { addProviders } from './providers.ts';
import { addReset } from './reset.ts';
import type { ControlScope } from './scope.ts';
import { addSnapshot } from './snapshot.ts';
import { addTls } from './tls.ts';
import { addTransitions } from './transitions.ts';
import { addWorlds } from './worlds.ts';

/** Facts of the control plane's own document. */
const document = {
  name: 'control',
  info: { title: 'latchkey control plane', version: '1', description: 'Clock, keys and state of a running latchkey.' },
  security: {},
};

/** Registers the control plane below `/_latchkey`: its own errors, parsers and guard. */
export function registerControl(app: FastifyInstance, parts: DocumentParts, extend?: ScopeExtension): void {
  app.register(
    async (plain) => {
      await extend?.(plain, document);
      const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
      scope.setValidatorCompiler(lazyValidators());
      scope.setSerializerCompiler(lazySerializers());
      scope.setErrorHandler(answerControlError);
      scope.setNotFoundHandler(() => {
        throw new ControlError(404, 'route_not_found', 'The control plane has no such call; /_latchkey/docs lists them.');
      });
      readBodies(scope);
      scope.addHook('onRequest', async (request) => {
        refuseForeignCallers(request);
        requireAdminToken(request, parts.adminToken);
      });
      addHealth(scope, parts);
      addClockRoutes(scope, parts);
      addAgenda(scope, parts);
      addKeyRoutes(scope, parts);
      addTransitions(scope, parts);
      addIssue(scope, parts);
      addIntrospection(scope, parts);
      addCredentials(scope, parts);
      addJournal(scope, parts);
      addEvents(scope, parts);
      addFaults(scope, parts);
      addReset(scope, parts);
      addSnapshot(scope, parts);
      addWorlds(scope, parts);
      addMetrics(scope, parts);
      addProviders(scope, parts);
      addTls(scope, parts);
      addAudit(scope, parts);
      addDocuments(scope, parts);
    },
    { prefix: '/_latchkey' },
  );
}

function addHealth(scope: ControlScope, { version }: DocumentParts): void {
  const Health = Type.Object({ status: Type.String(), version: Type.String() });
  const schema = { operationId: 'getHealth', tags: ['World'], response: { 200: Health } };
  scope.get('/health', { schema }, async () => ({ status: 'ok', version }));
}

/** Bodies are JSON whatever their content type says (`curl -d` calls them a form); none at all is an empty object. */
function readBodies(scope: ControlScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)));
    } catch {
      done(invalid('the body is not JSON'));
    }
  });
  overlookUnreadableTypes(scope);
  scope.addHook('preValidation', async (request) => {
    request.body ??= {};
  });
}
