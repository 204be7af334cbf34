import type { FastifyRequest } from 'fastify';
import { goOn, type MaybePromise } from '../../core/at-once.ts';
import { fail } from '../../core/errors.ts';
import { demand } from '../../http/demand.ts';
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

/** Makes the demands of a requirement. Each is of one kind, so that a key that lacks one thing fails one of them. */
type Rule = (request: FastifyRequest, required: string, profile: WhylabsProfile) => MaybePromise<void>;

/** What is demanded of a key, by the `requires` of a route. FIDELITY: Who may call. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['any key', demandAccount],
  ['keys of the account', demandKeysOfAccount],
  ['WhyLabs itself', demandWhylabs],
  ['memberships', reachingWith(':administrator')],
  ['resources', reachingWith(':administrator', ':user', ':read_resource', ':write_resource')],
  ['writes resources', reachingWith(':administrator', ':user', ':write_resource')],
  ['data', reachingWith(':administrator', ':user', ':write_data')],
  ['notifications', reachingWith(':administrator', ':user', ':read_notification', ':write_notification')],
  ['keys of the organisation', demandKeysOfOrg],
  ['keys of the user', demandKeysOfUser],
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
  const rule = rules.get(required);
  if (rule === undefined) return demand(request, { kind: 'role', required, granted: false });
  return rule(request, required, profile);
}

/** A rule of v1 routes: the key acts for the organisation that the request names. */
function demandAccount(request: FastifyRequest, required: string): MaybePromise<void> {
  return goOn(actsForAccount(request), (granted) => demand(request, { kind: 'tenant', required, granted }));
}

function demandKeysOfAccount(request: FastifyRequest, required: string): MaybePromise<void> {
  return goOn(demandAccount(request, required), () =>
    demand(request, { kind: 'role', required, granted: isAdministrator(request) }),
  );
}

/** Only super administrators have the right. Whoever else had it would not reach other organisations for that. */
function demandWhylabs(request: FastifyRequest, required: string): void {
  if (orgOfPath(request) !== undefined) demandReach(request, required);
  demand(request, { kind: 'role', required, granted: isSuperAdmin(request.apiKey) });
}

/** A rule of v0 routes: the key reaches the organisation in the path, and has one of the scopes. */
function reachingWith(...scopes: readonly string[]): Rule {
  return (request, required) => {
    demandReach(request, required);
    demand(request, { kind: 'role', required, granted: hasScope(request.apiKey, ...scopes) });
  };
}

/** Keys of WhyLabs' own organisation need the system scope to manage keys: otherwise they could give it to themselves. */
function demandKeysOfOrg(request: FastifyRequest, required: string, { letsOrgKeysManage }: WhylabsProfile): void {
  demandReach(request, required);
  const granted = isSystem(request) || (letsOrgKeysManage && isCustomer(request) && isAdministrator(request));
  demand(request, { kind: 'role', required, granted });
}

/** Any customer's key may manage the keys of its own user, where the profile lets it. */
function demandKeysOfUser(request: FastifyRequest, required: string, { letsOrgKeysManage }: WhylabsProfile): void {
  demandReach(request, required);
  demand(request, { kind: 'role', required, granted: isSystem(request) || (letsOrgKeysManage && isCustomer(request)) });
  if (!letsOrgKeysManage) return;
  demand(request, { kind: 'owner', required, granted: isAdministrator(request) || concernsCaller(request) });
}

/** The organisation in the path is the key's own. Super administrators reach every one, and have the external scopes anyway. */
function demandReach(request: FastifyRequest, required: string): void {
  demand(request, { kind: 'tenant', required, granted: isOwnOrg(request) || isSuperAdmin(request.apiKey) });
}

function isSystem({ apiKey }: FastifyRequest): boolean {
  return hasScope(apiKey, ':whylabs_system');
}

/** Keys of WhyLabs' own organisation have these scopes too. */
function isAdministrator({ apiKey }: FastifyRequest): boolean {
  return hasScope(apiKey, ...administratorScopes);
}

/** Reads `user_id` as the handlers do: a spelling that only the handlers knew would be a way around this check. */
function concernsCaller(request: FastifyRequest): boolean {
  return textOf(queryOf(request), 'user_id') === request.apiKey.owner;
}

function isCustomer({ apiKey }: FastifyRequest): boolean {
  return apiKey.tenant !== superAdminOrg;
}

function isOwnOrg(request: FastifyRequest): boolean {
  return orgOfPath(request) === request.apiKey.tenant;
}

/** The organisation that the path names; undefined if it names none. */
function orgOfPath({ params }: FastifyRequest): unknown {
  return typeof params === 'object' && params !== null && 'org_id' in params ? params.org_id : undefined;
}
