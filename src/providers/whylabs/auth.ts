import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import { namedAccountOf } from './accounts/organizations/account.ts';
import { isManagedBy } from './accounts/organizations/organizations.ts';
import { hasScope, isSuperAdmin, superAdminOrg } from './keys/scopes.ts';
import type { WhylabsProfile } from './profiles.ts';
import { queryOf, textOf } from './wire/query.ts';

const administratorScopes = [':administrator', ':account_administrator'];

type Rule = (request: FastifyRequest, profile: WhylabsProfile) => boolean | Promise<boolean>;

/** What the routes demand of a key, by the word in their `requires`. FIDELITY: Who may call. */
const rules = new Map<string, Rule>([
  ['any key', actsForOwnAccount],
  ['keys of the account', async (request) => (await actsForOwnAccount(request)) && isAdministrator(request)],
  ['WhyLabs itself', ({ apiKey }) => isSuperAdmin(apiKey)],
  ['memberships', reachingWith(':administrator')],
  ['resources', reachingWith(':administrator', ':user', ':read_resource', ':write_resource')],
  ['writes resources', reachingWith(':administrator', ':user', ':write_resource')],
  ['data', reachingWith(':administrator', ':user', ':write_data')],
  ['notifications', reachingWith(':administrator', ':user', ':read_notification', ':write_notification')],
  ['keys of the organisation', (request, profile) => isSystem(request) || (profile.letsOrgKeysManage && administers(request))],
  [
    'keys of the user',
    (request, profile) => isSystem(request) || (profile.letsOrgKeysManage && (administers(request) || concernsCaller(request))),
  ],
]);

/** Checks what the route demands. Throws permission_denied. */
export async function authorise(request: FastifyRequest, profile: WhylabsProfile, required = ''): Promise<void> {
  const isAllowed = await rules.get(required)?.(request, profile);
  if (isAllowed !== true) fail('permission_denied', { required });
}

/** On v1 routes the organisation is the key's, or a child of it that a header names. */
async function actsForOwnAccount(request: FastifyRequest): Promise<boolean> {
  const named = namedAccountOf(request) ?? '';
  const { tenant } = request.apiKey;
  return isSuperAdmin(request.apiKey) || named.trim() === '' || named === tenant || isManagedBy(request, named, tenant);
}

/** On v0 routes the organisation is that of the path, and the key's own unless WhyLabs asks, whose keys have these scopes anyway. */
function reachingWith(...scopes: readonly string[]): Rule {
  return (request) => (isSuperAdmin(request.apiKey) || isOwnOrg(request)) && hasScope(request.apiKey, ...scopes);
}

function isSystem({ apiKey }: FastifyRequest): boolean {
  return hasScope(apiKey, ':whylabs_system');
}

function administers(request: FastifyRequest): boolean {
  return isCustomer(request) && isOwnOrg(request) && isAdministrator(request);
}

function isAdministrator({ apiKey }: FastifyRequest): boolean {
  return hasScope(apiKey, ...administratorScopes);
}

/** Reads `user_id` as the handlers do: a second spelling that only one of the two knew would be a way around this. */
function concernsCaller(request: FastifyRequest): boolean {
  return isCustomer(request) && isOwnOrg(request) && textOf(queryOf(request), 'user_id') === request.apiKey.owner;
}

/** Keys of WhyLabs' own organisation manage keys by the system scope alone: others could give that scope to themselves. */
function isCustomer({ apiKey }: FastifyRequest): boolean {
  return apiKey.tenant !== superAdminOrg;
}

function isOwnOrg({ apiKey, params }: FastifyRequest): boolean {
  return typeof params === 'object' && params !== null && 'org_id' in params && params.org_id === apiKey.tenant;
}
