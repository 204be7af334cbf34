import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { lazySerializers, lazyValidators } from '../http/compilers.ts';
import type { ScopeExtension } from '../http/provider-scope.ts';
import { addAgendaRoutes } from './agenda.ts';
import { addAuditRoutes } from './audit.ts';
import { endInNewlines } from './calls/answers.ts';
import { readBodies } from './calls/bodies.ts';
import { refuseUnknownFields } from './calls/closed.ts';
import { addDashboardRoutes } from './calls/dashboard.ts';
import { addHealthRoutes } from './calls/health.ts';
import { addMarkRoutes } from './calls/mark.ts';
import { answerHead, refuseUnrouted } from './calls/methods.ts';
import { addMutantRoutes } from './calls/mutant.ts';
import { addReplicaRoutes } from './calls/replicas.ts';
import { addSeedRoutes } from './calls/seed.ts';
import { addSnippetRoutes } from './calls/snippets.ts';
import { addSuccessorRoutes } from './calls/successor.ts';
import { addClockRoutes } from './clock.ts';
import { addCredentialRoutes } from './credentials.ts';
import { addDocumentRoutes, type DocumentParts } from './documents.ts';
import { answerControlError } from './errors.ts';
import { addEventRoutes } from './events.ts';
import { addFaultRoutes } from './faults.ts';
import { admit } from './guard.ts';
import { addIntrospectionRoutes } from './introspect.ts';
import { addIssueRoutes } from './issue.ts';
import { addJournalRoutes } from './journal.ts';
import { addKeyRoutes } from './keys.ts';
import { addMetricsRoutes } from './metrics.ts';
import { addProviderRoutes } from './providers.ts';
import { refuseReplaced } from './replaced.ts';
import { addResetRoutes } from './reset.ts';
import type { ControlScope } from './scope.ts';
import { addSnapshotRoutes } from './snapshot.ts';
import { addTlsRoutes } from './tls.ts';
import { addTransitionRoutes } from './transitions.ts';
import { addWorldRoutes } from './worlds.ts';

/** The head of the control plane's own document. */
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
      scope.setValidatorCompiler(lazyValidators({ findsAll: true }));
      scope.setSerializerCompiler(lazySerializers());
      scope.setErrorHandler(answerControlError);
      readBodies(scope);
      endInNewlines(scope);
      scope.addHook('onRequest', async (request) => admit(request, parts));
      refuseReplaced(scope);
      refuseUnrouted(scope);
      refuseUnknownFields(scope);
      answerHead(scope);
      addRoutes(scope, parts);
    },
    { prefix: '/_latchkey' },
  );
}

/** All calls, as a table of contents. */
function addRoutes(scope: ControlScope, parts: DocumentParts): void {
  addHealthRoutes(scope, parts);
  addClockRoutes(scope);
  addAgendaRoutes(scope, parts);
  addKeyRoutes(scope, parts);
  addTransitionRoutes(scope);
  addIssueRoutes(scope, parts);
  addSuccessorRoutes(scope, parts);
  addIntrospectionRoutes(scope, parts);
  addCredentialRoutes(scope, parts);
  addJournalRoutes(scope, parts);
  addMarkRoutes(scope);
  addMutantRoutes(scope, parts);
  addEventRoutes(scope, parts);
  addFaultRoutes(scope, parts);
  addResetRoutes(scope);
  addSeedRoutes(scope, parts);
  addSnapshotRoutes(scope);
  addWorldRoutes(scope, parts);
  addReplicaRoutes(scope, parts);
  addMetricsRoutes(scope, parts);
  addProviderRoutes(scope, parts);
  addSnippetRoutes(scope, parts);
  addTlsRoutes(scope, parts);
  addAuditRoutes(scope, parts);
  addDashboardRoutes(scope, parts);
  addDocumentRoutes(scope, parts);
}
