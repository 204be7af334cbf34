import type { FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../core/at-once.ts';
import { fail } from '../../core/errors.ts';
import { actsForAccount } from './keys/account/account.ts';
import { hasScope, isSuperAdmin, superAdminOrg } from './keys/scopes.ts';
import type { WhylabsProfile } from './profiles.ts';
import { presentedKey } from './wire/presented-key.ts';
import { queryOf, textOf } from './wire/query.ts';

const tokenShape = /^[A-Za-z0-9]{10}\.[A-Za-z0-9+\-^!$&@]{53}$/;

/**
 * Reads the 64-character token of the presented key. Throws credential_missing or credential_malformed.
 * FIDELITY: Authentication.
 */
export function readCredential(request: FastifyRequest): string {
  const token = tokenOf(presentedKey(request) ?? fail('credential_missing', null));
  return tokenShape.test(token) ? token : fail('credential_malformed', { problem: 'not of the shape of a key' });
}

/** The token of a key `token:org`. The organisation is never compared; with more than one colon it is not split off. */
export function tokenOf(presented: string): string {
  const [token = '', ...rest] = presented.split(':');
  return rest.length === 1 ? token : presented;
}

const administratorScopes = [':administrator', ':account_administrator'];

type Rule = (request: FastifyRequest, profile: WhylabsProfile) => MaybePromise<boolean>;

/** What a key must be allowed, by the `requires` of a route. FIDELITY: Who may call. */
const rules = new Map<string, Rule>([
  ['any key', actsForAccount],
  ['keys of the account', (request) => goOn(actsForAccount(request), (acts) => acts && isAdministrator(request))],
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

const scopesFor: Readonly<Record<string, string>> = {
  'any key': 'a key of the organisation',
  'keys of the account': "an account administrator's key (:administrator or :account_administrator)",
  'WhyLabs itself': "a key of WhyLabs' own organisation",
  memberships: 'a key of the organisation with :administrator',
  resources: 'a key of the organisation with :administrator, :user, :read_resource or :write_resource',
  'writes resources': 'a key of the organisation with :administrator, :user or :write_resource',
  data: 'a key of the organisation with :administrator, :user or :write_data',
  notifications: 'a key of the organisation with :administrator, :user, :read_notification or :write_notification',
};

/** What grants a requirement of a route. */
export function grantedBy(requires: string, { letsOrgKeysManage }: WhylabsProfile): string | undefined {
  if (!requires.startsWith('keys of the ') || requires === 'keys of the account') return scopesFor[requires];
  const system = 'a key with :whylabs_system';
  if (!letsOrgKeysManage) return system;
  const own = requires === 'keys of the user' ? ', or of that user' : '';
  return `${system}, or of the organisation with :administrator or :account_administrator${own}`;
}

/** Checks what the route requires. Throws permission_denied, also for a requirement without a rule. */
export function authorise(request: FastifyRequest, profile: WhylabsProfile, required = ''): MaybePromise<void> {
  const rule = rules.get(required) ?? (() => false);
  return goOn(rule(request, profile), (isAllowed) => {
    if (!isAllowed) fail('permission_denied', { required });
  });
}

/**
 * A rule of v0 routes: the key has one of the scopes, and the organisation in the path is its own. Super administrators
 * reach every organisation, and have these scopes anyway.
 */
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

/** Reads `user_id` as the handlers do: a spelling that only the handlers knew would be a way around this check. */
function concernsCaller(request: FastifyRequest): boolean {
  return isCustomer(request) && isOwnOrg(request) && textOf(queryOf(request), 'user_id') === request.apiKey.owner;
}

/** Keys of WhyLabs' own organisation need the system scope to manage keys: otherwise they could give it to themselves. */
function isCustomer({ apiKey }: FastifyRequest): boolean {
  return apiKey.tenant !== superAdminOrg;
}

function isOwnOrg({ apiKey, params }: FastifyRequest): boolean {
  return typeof params === 'object' && params !== null && 'org_id' in params && params.org_id === apiKey.tenant;
}
