import { defineProvider } from '../../provider/provider.ts';
import { isIdToken } from './accounts/users/id-tokens.ts';
import { authorise, checkPresentation, readCredential } from './auth.ts';
import { auditTrail } from './keys/audit.ts';
import { admissionOf } from './keys/issue-key.ts';
import { mutability } from './mutability.ts';
import { profiles } from './profiles.ts';
import { grantedBy } from './roles/role-lookup.ts';
import { addRoutes } from './routes.ts';
import { seedFormat } from './seed/index.ts';
import { stored } from './seed/stored.ts';
import { unimplemented } from './unimplemented.ts';
import { errorTable } from './wire/errors.ts';
import { parseQuery, prepare } from './wire/http.ts';
import { refuseUnrouted } from './wire/unrouted.ts';

/** Rockset (api.<region>.rockset.com), a search and analytics database with closed source. Facts and evidence: FIDELITY.md. */
export default defineProvider({
  name: 'rockset',
  info: {
    title: 'Rockset API',
    version: 'v1',
    description: 'API keys of Rockset (`api.<region>.rockset.com`), as emulated by latchkey.',
  },
  owns: ['/', '/v1/orgs'],
  hosts: ['*.rockset.com'],
  security: {
    AuthorizationHeader: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: '`ApiKey <key>`, the scheme in any case',
    },
    IdToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'An id token of the log-in, with the header `organization: <id>`',
    },
  },
  secrets: {
    // Id tokens, and keys with all the letters and digits directly before and after them.
    pattern: /eyJ[\w-]{1,256}\.[\w-]{1,4096}\.[\w-]+|[A-Za-z0-9]{64,}/g,
    fields: ['key'],
    passwords: [],
    hint: (secret) => (isIdToken(secret) ? secret.slice(-6) : secret.slice(0, 6)),
  },
  stored,
  jsonMediaType: 'application/json',
  environment: ({ http }, credential) => ({
    ROCKSET_APISERVER: http,
    ...(credential?.secret && { ROCKSET_APIKEY: credential.secret }),
  }),
  unimplemented,
  mutability,
  loadLedger: async () => (await import('./ledger/index.ts')).ledger,
  loadSnippets: async () => (await import('./snippets.ts')).snippets,
  profiles,
  emulate: (profile) => ({
    parseQuery,
    prepare,
    readCredential,
    checkPresentation,
    authorise,
    grantedBy,
    refuseUnrouted,
    errors: errorTable(profile),
    routes: (scope) => addRoutes(scope, profile),
    seeds: seedFormat(profile),
    admissionOf,
    auditTrail,
  }),
});
