import { type Ledger, pin } from '../../../provider/ledger.ts';

/** No 401 and no 403 was ever recorded, and which action guards which operation is nowhere written. */
const auth = pin('assumed', 'matrix.test.ts > %s');

export const operations: Ledger['operations'] = {
  createApiKey: {
    success: pin(
      'recorded',
      'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    ),
    errors: pin('assumed', 'keys/create-key.test.ts > %s is refused, and nothing is stored'),
    auth,
    states: pin('recorded', 'keys/create-key.test.ts > a key that was given no role has none, and works at once'),
  },
  createApiKeyAdmin: {
    success: pin(
      'specification',
      "keys/create-key-admin.test.ts > an administrator's key makes a key that is the other user's: it lists and acts as that user",
    ),
    errors: pin('assumed', 'keys/create-key-admin.test.ts > a user of nobody is not found'),
    auth: pin(
      'specification',
      'keys/create-key-admin.test.ts > only an administrator may, whoever the user is, and the body is not looked at before',
    ),
    states: null,
  },
  listApiKeys: {
    success: pin(
      'recorded',
      'keys/list-keys.test.ts > an element is masked to four characters and sixty stars, and has a last access even when it was never used',
    ),
    errors: pin('assumed', 'keys/list-keys.test.ts > a user of another organization is as unknown as a user of none'),
    auth,
    states: pin(
      'recorded',
      'keys/list-keys.test.ts > a key past its expiry and one that was suspended are both SUSPENDED; a revoked one is not there',
    ),
  },
  getApiKey: {
    success: pin('recorded', 'keys/get-key.test.ts > the answer is the key, masked'),
    errors: pin('client-proven', 'keys/get-key.test.ts > a name that no key has is not found, case included'),
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
    states: pin('inferred', 'keys/update-key.test.ts > an active key can be given an expiry, another one, and none'),
  },
  deleteApiKey: {
    success: pin(
      'recorded',
      'keys/delete-key.test.ts > the answer is the key, masked, and the key is refused from the next request on',
    ),
    errors: pin('client-proven', 'keys/delete-key.test.ts > a key that is deleted is gone from every operation'),
    auth,
    states: pin('recorded', 'keys/delete-key.test.ts > the state in the answer is the one that the key was in'),
  },
  ping: {
    success: pin('recorded', 'accounts/organizations/organization.test.ts > the ping needs no key, and is below the prefix too'),
    errors: null,
    auth: pin('recorded', 'accounts/organizations/organization.test.ts > the ping needs no key, and is below the prefix too'),
    states: null,
  },
  getOrganization: {
    success: pin(
      'recorded',
      'accounts/organizations/organization.test.ts > the organization is wrapped, with the fifteen fields of May 2023 in wire order',
    ),
    errors: pin('assumed', 'accounts/organizations/organization.test.ts > an organization that is gone is not found'),
    auth,
    states: null,
  },
  getCurrentUser: {
    success: pin(
      'recorded',
      'accounts/organizations/organization.test.ts > the user is not wrapped, and all thirteen fields are there in wire order',
    ),
    errors: null,
    auth,
    states: null,
  },
  listUsers: {
    success: pin(
      'recorded',
      'accounts/users/list-users.test.ts > the users are wrapped; of their organizations there is only the id, oneself not excepted',
    ),
    errors: null,
    auth,
    states: null,
  },
  getUser: {
    success: pin(
      'recorded',
      'accounts/users/get-user.test.ts > a user is not wrapped, and the address counts in any case, raw and escaped',
    ),
    errors: pin('assumed', 'accounts/users/get-user.test.ts > a user of another organization is as unknown as a user of none'),
    auth,
    states: pin(
      'recorded',
      'accounts/users/get-user.test.ts > who is invited and has not answered is NEW and PENDING; a plus in the path is a plus',
    ),
  },
  createUser: {
    success: pin(
      'recorded',
      'accounts/users/create-user.test.ts > who is invited is NEW, PENDING for a day, without a name; the address is stored in lower case',
    ),
    errors: pin('assumed', 'accounts/users/create-user.test.ts > %s is a 400, and nobody is invited'),
    auth,
    states: pin(
      'recorded',
      'accounts/users/create-user.test.ts > who is invited is NEW, PENDING for a day, without a name; the address is stored in lower case',
    ),
  },
  updateUser: {
    success: pin(
      'recorded',
      'accounts/users/update-user.test.ts > the answer is the user, not wrapped, with the new roles; names are not taken before the invitation is',
    ),
    errors: pin(
      'assumed',
      'accounts/users/update-user.test.ts > a user of nobody and a role of nobody are not found, and nothing is changed',
    ),
    auth,
    states: null,
  },
  deleteUser: {
    success: pin('recorded', 'accounts/users/delete-user.test.ts > the answer has the address, and every other field null'),
    errors: pin('assumed', 'accounts/users/delete-user.test.ts > a user of nobody is not found'),
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
    success: pin('recorded', 'roles/get-role.test.ts > so is one of the organization, by a name that must be escaped'),
    errors: pin(
      'recorded',
      'roles/get-role.test.ts > GET …/roles/{roleName} 404: a role that is not there is not found, in the words that were recorded',
    ),
    auth,
    states: null,
  },
  createRole: {
    success: pin('recorded', 'roles/create-role.test.ts > the answer is the role, and its owner is who made it'),
    errors: pin('assumed', 'roles/create-role.test.ts > %s is a 400, and nothing is stored'),
    auth,
    states: null,
  },
  updateRole: {
    success: pin('recorded', 'roles/update-role.test.ts > privileges and description are replaced; when it was made stays'),
    errors: pin('inferred', 'roles/update-role.test.ts > a role that is not there is a 404'),
    auth,
    states: null,
  },
  deleteRole: {
    success: pin('recorded', 'roles/delete-role.test.ts > the answer is the role as it last was; then it is gone'),
    errors: pin('inferred', 'roles/delete-role.test.ts > the answer is the role as it last was; then it is gone'),
    auth,
    states: pin(
      'assumed',
      'roles/delete-role.test.ts > a key that is bound to it stays, and grants nothing until there is a role of that name again',
    ),
  },
};
