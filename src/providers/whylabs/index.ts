import { defineProvider } from '../../provider/provider.ts';
import { authorise, grantedBy, readCredential, tokenOf } from './auth.ts';
import { admissionOf } from './keys/keys.ts';
import { mutability } from './mutability.ts';
import { profiles } from './profiles.ts';
import { addRoutes } from './routes.ts';
import { seedFormat } from './seed/index.ts';
import { stored } from './seed/stored.ts';
import { unimplemented } from './unimplemented.ts';
import { errorTable } from './wire/errors.ts';
import { checkRoute, prepare } from './wire/http.ts';
import { refuseUnrouted } from './wire/unrouted.ts';

/** WhyLabs (api.whylabsapp.com, the server "songbird"), an AI observability platform that has closed. Facts and evidence: FIDELITY.md. */
export default defineProvider({
  name: 'whylabs',
  info: {
    title: 'WhyLabs API',
    version: '0.1',
    description: 'API keys of WhyLabs (api.whylabsapp.com), as emulated by latchkey.',
  },
  owns: ['/v0', '/v1/api-key'],
  hosts: ['api.whylabsapp.com'],
  security: { ApiKeyAuth: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
  secrets: {
    pattern: /[A-Za-z0-9]{10}\.[A-Za-z0-9+\-^!$&@]{53}(?::[\w-]+)?/g,
    fields: ['key'],
    passwords: [],
    hint: (token) => token.slice(0, 10),
  },
  stored,
  jsonMediaType: 'application/json',
  environment: ({ http }, credential) => ({
    WHYLABS_API_ENDPOINT: http,
    ...(credential?.secret && { WHYLABS_API_KEY: credential.secret }),
  }),
  unimplemented,
  mutability,
  loadLedger: async () => (await import('./ledger/index.ts')).ledger,
  loadSnippets: async () => (await import('./snippets.ts')).snippets,
  profiles,
  emulate: (profile) => ({
    normalizePath: (path) => (path.length > 1 ? path.replace(/\/$/, '') : path),
    prepare,
    checkRoute,
    readCredential,
    normalizeSecret: tokenOf,
    authorise: (request, requires) => authorise(request, profile, requires),
    grantedBy: (requires) => grantedBy(requires, profile),
    refuseUnrouted,
    errors: errorTable(),
    requiresNothing: 'any key',
    routes: addRoutes,
    seeds: seedFormat,
    admissionOf,
  }),
});
