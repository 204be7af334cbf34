import { type Ledger, pin } from '../../../provider/ledger.ts';
import { secured } from './permissions.ts';

/** What is known of the operations on organisations, users, memberships and models. */
export const accountOperations: Ledger['operations'] = {
  CreateOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/create-organization.test.ts > the answer has every field that was sent, in wire order, except how memberships are managed',
    ),
    errors: pin(
      'inferred',
      'accounts/organizations/create-organization.test.ts > an id that is taken is a failure of the store, and the organisation does not change',
    ),
    auth: secured,
    states: null,
  },
  ListOrganizations: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > lists every organisation that is not deleted, with `internal` set',
    ),
    errors: null,
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > lists every organisation that is not deleted, with `internal` set',
    ),
  },
  GetOrganization: {
    success: pin(
      'inferred',
      'accounts/organizations/organizations.test.ts > shows the time of creation as a number, and whether the organisation is on a paid tier',
    ),
    errors: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > an unknown or deleted organisation is not found',
    ),
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > an unknown or deleted organisation is not found',
    ),
  },
  PartiallyUpdateOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > changes what was sent and keeps the rest, except that the time of creation becomes now',
    ),
    errors: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > an unknown or deleted organisation is not found, once the arguments are bound',
    ),
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > a paid tier lifts the key limit from the next creation on',
    ),
  },
  DeleteOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > the organisation is no longer found and its memberships end, but its keys still work',
    ),
    errors: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > the message for an organisation that never existed differs from the one for a deleted organisation',
    ),
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > the organisation is no longer found and its memberships end, but its keys still work',
    ),
  },
  CreateUser: {
    success: pin(
      'server source',
      'accounts/users/users.test.ts > the id of a user is derived from the address, which is stored in lower case',
    ),
    errors: pin('server source', 'accounts/users/users.test.ts > an address that a user has exists already, in any case'),
    auth: secured,
    states: null,
  },
  GetUserByEmail: {
    success: pin('server source', 'accounts/users/users.test.ts > a user is found by address, in any case, and by id'),
    errors: pin(
      'server source',
      'accounts/users/users.test.ts > an unknown user is not found, and the answer names the domain as it was sent',
    ),
    auth: secured,
    states: null,
  },
  GetUser: {
    success: pin('server source', 'accounts/users/users.test.ts > a user is found by address, in any case, and by id'),
    errors: pin(
      'server source',
      'accounts/users/users.test.ts > an unknown user is not found, and the answer names the domain as it was sent',
    ),
    auth: secured,
    states: null,
  },
  UpdateUser: {
    success: pin('server source', 'accounts/users/users.test.ts > replaces the address and the preferences, and keeps the id'),
    errors: pin('inferred', 'accounts/users/users.test.ts > an unknown user is a failure of the store'),
    auth: secured,
    states: null,
  },
  CreateMembership: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > makes a user a member, with the address in any case',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > the organisation is checked first, then the domain, then the user',
    ),
    auth: secured,
    states: null,
  },
  UpdateMembershipByEmail: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > gives a member another role'),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > organisation, user and membership must exist, and are checked in this order',
    ),
    auth: secured,
    states: null,
  },
  RemoveMembershipByEmail: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > ends a membership, which is not found a second time',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > ends a membership, which is not found a second time',
    ),
    auth: secured,
    states: null,
  },
  GetMembershipsByEmail: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > lists the memberships of a user by id or by address; an unknown id has no memberships',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > lists the memberships of a user by id or by address; an unknown id has no memberships',
    ),
    auth: secured,
    states: null,
  },
  GetMemberships: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > lists the memberships of a user by id or by address; an unknown id has no memberships',
    ),
    errors: null,
    auth: secured,
    states: null,
  },
  GetMembershipsByOrg: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > lists the memberships of an organisation'),
    errors: pin('server source', 'accounts/memberships/memberships.test.ts > lists the memberships of an organisation'),
    auth: secured,
    states: null,
  },
  GetDefaultMembershipForEmail: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > is the one that is marked, else the one with the lowest organisation id, else absent',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > is the one that is marked, else the one with the lowest organisation id, else absent',
    ),
    auth: secured,
    states: null,
  },
  SetDefaultMembership: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > can be set, and is then the only default'),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > cannot be set to an unknown organisation, or to one that the user does not belong to',
    ),
    auth: secured,
    states: null,
  },
  ListOrganizationMemberships: {
    success: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > GET lists the members with their addresses',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > an unknown organisation is not found by GET and POST; PUT and DELETE do not check it',
    ),
    auth: secured,
    states: null,
  },
  CreateOrganizationMembership: {
    success: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > POST makes a user a member, with the role in any case',
    ),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > an unknown user is not found'),
    auth: secured,
    states: null,
  },
  UpdateOrganizationMembership: {
    success: pin('server source', 'accounts/memberships/organization-memberships.test.ts > PUT gives a member another role'),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > an unknown user is not found'),
    auth: secured,
    states: null,
  },
  RemoveOrganizationMembership: {
    success: pin(
      'inferred',
      'accounts/memberships/organization-memberships.test.ts > DELETE ends a membership and answers without a body',
    ),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > an unknown user is not found'),
    auth: secured,
    states: null,
  },
  ProvisionNewUser: {
    success: pin(
      'server source',
      'accounts/provision/provision.test.ts > makes a user, their organisation, their membership and a model',
    ),
    errors: pin(
      'server source',
      'accounts/provision/provision.test.ts > an address that a user has is refused, unless `expectExisting` is true or null',
    ),
    auth: secured,
    states: null,
  },
  ListModels: {
    success: pin('server source', 'seed/seed-file.test.ts > has models, of which deleted ones are not listed'),
    errors: pin(
      'server source',
      'models/list-models.test.ts > an organisation that never existed is not found, which a caller without permission cannot learn',
    ),
    auth: secured,
    states: null,
  },
};
