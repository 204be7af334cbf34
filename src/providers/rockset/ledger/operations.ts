import { type Ledger, pin } from '../../../provider/ledger.ts';

/** One 401 was published and no 403 was ever recorded; no source says which action an operation requires. */
const auth = pin('assumed', 'matrix.test.ts > %s');

export const operations: Ledger['operations'] = {
  createApiKey: {
    success: pin(
      'recorded',
      'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    ),
    errors: pin('assumed', 'keys/create-key.test.ts > %s is refused, and nothing is stored'),
    auth,
    states: pin('recorded', 'keys/create-key.test.ts > a key without a role has null, and works at once'),
  },
  createApiKeyAdmin: {
    success: pin(
      'specification',
      "keys/create-key-admin.test.ts > an administrator's key creates a key of the other user, which lists and acts as that user",
    ),
    errors: pin('assumed', 'keys/create-key-admin.test.ts > an unknown user is not found'),
    auth: pin(
      'specification',
      'keys/create-key-admin.test.ts > only an administrator may, for any user, and this is checked before the body is read',
    ),
    states: null,
  },
  listApiKeys: {
    success: pin(
      'recorded',
      'keys/list-keys.test.ts > a key is masked to four characters and sixty stars, and has a last access even if it was never used',
    ),
    errors: pin('assumed', 'keys/list-keys.test.ts > a user of another organization is as unknown as one that does not exist'),
    auth,
    states: pin(
      'recorded',
      'keys/list-keys.test.ts > a key past its expiry and a suspended key are both SUSPENDED; a revoked key is not listed',
    ),
  },
  getApiKey: {
    success: pin('recorded', 'keys/get-key.test.ts > the answer is the key, masked'),
    errors: pin('client-proven', 'keys/get-key.test.ts > an unknown name is not found, and names are case-sensitive'),
    auth,
    states: null,
  },
  updateApiKey: {
    success: pin(
      'recorded',
      'keys/update-key.test.ts > a suspended key is refused from the next request on, and accepted again once it is active',
    ),
    errors: pin('assumed', 'keys/update-key.test.ts > %s is refused, and the key stays as it was'),
    auth,
    states: pin('inferred', 'keys/update-key.test.ts > an active key can get an expiry, change it and lose it'),
  },
  deleteApiKey: {
    success: pin(
      'recorded',
      'keys/delete-key.test.ts > the answer is the key, masked, and the key is refused from the next request on',
    ),
    errors: pin('client-proven', 'keys/delete-key.test.ts > a deleted key is unknown to every operation'),
    auth,
    states: pin('recorded', 'keys/delete-key.test.ts > the answer has the last state of the key'),
  },
  ping: {
    success: pin('recorded', 'accounts/organizations/organization.test.ts > the ping needs no key, also below the prefix'),
    errors: null,
    auth: pin('recorded', 'accounts/organizations/organization.test.ts > the ping needs no key, also below the prefix'),
    states: null,
  },
  getOrganization: {
    success: pin(
      'recorded',
      'accounts/organizations/organization.test.ts > the organization is wrapped, with the fifteen fields of May 2023 in wire order',
    ),
    errors: pin('assumed', 'accounts/organizations/organization.test.ts > an organization that was removed is not found'),
    auth,
    states: null,
  },
  getCurrentUser: {
    success: pin(
      'recorded',
      'accounts/users/get-current-user.test.ts > the user is not wrapped, and all thirteen fields are there in wire order',
    ),
    errors: null,
    auth,
    states: null,
  },
  listUsers: {
    success: pin(
      'recorded',
      "accounts/users/list-users.test.ts > the users are wrapped, and their organizations have only the id, also in the principal's own entry",
    ),
    errors: null,
    auth,
    states: null,
  },
  getUser: {
    success: pin(
      'recorded',
      'accounts/users/get-user.test.ts > a user is not wrapped, and the address may be in any case, raw or escaped',
    ),
    errors: pin(
      'assumed',
      'accounts/users/get-user.test.ts > a user of another organization is as unknown as one that does not exist',
    ),
    auth,
    states: pin(
      'recorded',
      'accounts/users/get-user.test.ts > a user with a pending invitation is NEW and PENDING; a plus in the path stays a plus',
    ),
  },
  createUser: {
    success: pin(
      'recorded',
      'accounts/users/create-user.test.ts > an invited user is NEW, PENDING for a day, without a name; the address is stored in lower case',
    ),
    errors: pin('assumed', 'accounts/users/create-user.test.ts > %s is a 400, and no user is invited'),
    auth,
    states: pin(
      'recorded',
      'accounts/users/create-user.test.ts > an invited user is NEW, PENDING for a day, without a name; the address is stored in lower case',
    ),
  },
  updateUser: {
    success: pin(
      'recorded',
      'accounts/users/update-user.test.ts > the answer is the user, not wrapped, with the new roles; names stay null until the invitation is accepted',
    ),
    errors: pin(
      'assumed',
      'accounts/users/update-user.test.ts > an unknown user and an unknown role are not found, and nothing changes',
    ),
    auth,
    states: null,
  },
  deleteUser: {
    success: pin('recorded', 'accounts/users/delete-user.test.ts > the answer has the address, and every other field null'),
    errors: pin('assumed', 'accounts/users/delete-user.test.ts > an unknown user is not found'),
    auth,
    states: pin(
      'assumed',
      "accounts/users/delete-user.test.ts > the user's keys are refused from the next request on, id tokens too",
    ),
  },
  listRoles: {
    success: pin(
      'recorded',
      'roles/list-roles.test.ts > the built-in roles are admin, member, read-only, with the privileges of May 2023',
    ),
    errors: null,
    auth,
    states: null,
  },
  getRole: {
    success: pin('recorded', 'roles/get-role.test.ts > so can a custom role, by a name that must be escaped'),
    errors: pin(
      'recorded',
      'roles/get-role.test.ts > GET …/roles/{roleName} 404: an unknown role is refused in the recorded words',
    ),
    auth,
    states: null,
  },
  createRole: {
    success: pin('recorded', 'roles/create-role.test.ts > the answer is the role, owned by the user who created it'),
    errors: pin('assumed', 'roles/create-role.test.ts > %s is a 400, and nothing is stored'),
    auth,
    states: null,
  },
  updateRole: {
    success: pin('recorded', 'roles/update-role.test.ts > privileges and description are replaced, and created_at stays'),
    errors: pin('inferred', 'roles/update-role.test.ts > an unknown role is a 404'),
    auth,
    states: null,
  },
  deleteRole: {
    success: pin(
      'recorded',
      'roles/delete-role.test.ts > the answer is the role in its last state, and then the role is unknown',
    ),
    errors: pin('inferred', 'roles/delete-role.test.ts > the answer is the role in its last state, and then the role is unknown'),
    auth,
    states: pin(
      'assumed',
      'roles/delete-role.test.ts > a key with this role stays, and allows nothing until a role of that name is created again',
    ),
  },
};
