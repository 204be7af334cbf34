import { defineProvider } from '../../provider/provider.ts';
import { authorise, grantedBy, readCredential } from './auth.ts';
import { mutability } from './mutability.ts';
import { profiles } from './profiles.ts';
import { addRoutes } from './routes.ts';
import { seedFormat } from './seed/index.ts';
import { stored } from './seed/stored.ts';
import { unimplemented } from './unimplemented/index.ts';
import { errorTable } from './wire/errors.ts';
import { encodeGoJson, prepare } from './wire/http.ts';
import { parseGoQuery } from './wire/query.ts';
import { refuseUnrouted } from './wire/unrouted.ts';

/** Estuary (api.estuary.tech), a Filecoin pinning service that has closed. FIDELITY.md says what is known of it, and how. */
export default defineProvider({
  name: 'estuary',
  info: {
    title: 'Estuary API',
    version: '0.0.0',
    description: 'API keys of Estuary (api.estuary.tech), as emulated by latchkey.',
  },
  owns: ['/user', '/admin', '/viewer', '/login', '/register', '/health', '/check-api-key', '/register-new-token'],
  hosts: ['api.estuary.tech', 'auth.estuary.tech'],
  security: {
    bearerAuth: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The key after its prefix: `Bearer EST…ARY`',
    },
  },
  secrets: {
    pattern: /EST[\w-]{1,64}ARY/g,
    fields: ['token'],
    passwords: ['passwordHash', 'newPasswordHash'],
    hint: (token) => token.slice(0, 11),
  },
  stored,
  jsonMediaType: 'application/json; charset=UTF-8',
  environment: ({ http }) => ({ ESTUARY_API: http }),
  unimplemented,
  mutability,
  loadLedger: async () => (await import('./ledger/index.ts')).ledger,
  loadSnippets: async () => (await import('./snippets.ts')).snippets,
  profiles,
  emulate: (profile) => ({
    normalizePath: (path) => (profile.stripsTrailingSlash && path.length > 1 ? path.replace(/\/$/, '') : path),
    parseQuery: parseGoQuery,
    encodeJson: encodeGoJson,
    prepare: (scope) => prepare(scope, profile),
    readCredential: (request) => readCredential(request, profile),
    authorise,
    grantedBy,
    refuseUnrouted: (request, unrouted) => refuseUnrouted(request, unrouted, profile),
    errors: errorTable(profile),
    requiresNothing: 'upload',
    routes: (scope) => addRoutes(scope, profile),
    seeds: seedFormat(profile),
  }),
});
