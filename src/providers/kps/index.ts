import { defineProvider } from '../../provider/provider.ts';
import { authorise, readCredential } from './auth.ts';
import { admissionOf } from './keys/keys.ts';
import { mutability } from './mutability.ts';
import { profiles } from './profiles.ts';
import { addRoutes } from './routes.ts';
import { seedFormat } from './seed/index.ts';
import { stored } from './seed/stored.ts';
import { unimplemented } from './unimplemented/index.ts';
import { errorTable } from './wire/errors.ts';
import { collapseSlashes, prepare } from './wire/http.ts';
import { refuseUnrouted } from './wire/unrouted.ts';

/** Nutanix Karbon Platform Services (karbon.nutanix.com), which was closed. Facts and their evidence: FIDELITY.md. */
export default defineProvider({
  name: 'kps',
  info: {
    title: 'Karbon Platform Services API',
    version: '1.0',
    description: 'User API tokens of Nutanix Karbon Platform Services (karbon.nutanix.com), as emulated by latchkey.',
  },
  owns: ['/v1.0', '/v1/login'],
  hosts: ['karbon.nutanix.com'],
  security: { BearerToken: { type: 'apiKey', in: 'header', name: 'Authorization' } },
  secrets: {
    pattern: /eyJ[\w-]{1,256}\.[\w-]{1,4096}\.[\w-]+/g,
    fields: ['token'],
    passwords: ['password'],
    hint: (token) => token.slice(-6),
  },
  stored,
  jsonMediaType: 'application/json',
  // As the Terraform provider reads it, which speaks only https.
  environment: ({ http, https = http }, credential) => ({
    NUTANIX_KPS_HOST: https.replace(/^https?:\/\//, ''),
    ...(credential?.secret && { NUTANIX_KPS_API_TOKEN: credential.secret }),
  }),
  unimplemented,
  mutability,
  loadLedger: async () => (await import('./ledger/index.ts')).ledger,
  loadSnippets: async () => (await import('./snippets.ts')).snippets,
  profiles,
  emulate: (profile) => ({
    normalizePath: collapseSlashes,
    prepare,
    readCredential,
    authorise,
    grantedBy: (requires) => (/^RBAC|infra admin/.test(requires) ? 'a token of a user with the role INFRA_ADMIN' : undefined),
    refuseUnrouted,
    errors: errorTable(),
    routes: addRoutes,
    seeds: seedFormat(profile),
    admissionOf,
  }),
});
