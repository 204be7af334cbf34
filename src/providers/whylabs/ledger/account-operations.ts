import { type Ledger, pin } from '../../../provider/ledger.ts';
import { secured } from './permissions.ts';

/** What is known of the operations on organisations, users, memberships and models. */
export const accountOperations: Ledger['operations'] = {
  CreateOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/create-organization.test.ts > everything that is asked for is there, in wire order, except how memberships are managed',
    ),
    errors: pin(
      'inferred',
      'accounts/organizations/create-organization.test.ts > an id that is taken is a failure of the store, and the organisation stays as it was',
    ),
    auth: secured,
    states: null,
  },
  ListOrganizations: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > has every organisation that is not deleted, in a list that says that it is internal',
    ),
    errors: null,
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > has every organisation that is not deleted, in a list that says that it is internal',
    ),
  },
  GetOrganization: {
    success: pin(
      'inferred',
      'accounts/organizations/organizations.test.ts > has the time of creation as a number, and whether the organisation pays',
    ),
    errors: pin('server source', 'accounts/organizations/organizations.test.ts > one that is unknown or deleted is not found'),
    auth: secured,
    states: pin('server source', 'accounts/organizations/organizations.test.ts > one that is unknown or deleted is not found'),
  },
  PartiallyUpdateOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > changes what is sent and leaves the rest, but for the time of creation, which is now',
    ),
    errors: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > one that is unknown or deleted is not found, once the arguments are bound',
    ),
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > lifts the limit of keys from the next creation on',
    ),
  },
  DeleteOrganization: {
    success: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
    ),
    errors: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > the words for one that never was are not those for one that is gone',
    ),
    auth: secured,
    states: pin(
      'server source',
      'accounts/organizations/organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
    ),
  },
  CreateUser: {
    success: pin(
      'server source',
      'accounts/users/users.test.ts > a user has an id that follows from the address, which is kept in small letters',
    ),
    errors: pin('server source', 'accounts/users/users.test.ts > an address that somebody has, however it is written, exists'),
    auth: secured,
    states: null,
  },
  GetUserByEmail: {
    success: pin(
      'server source',
      'accounts/users/users.test.ts > a user is found by address, however it is capitalised, and by id',
    ),
    errors: pin(
      'server source',
      'accounts/users/users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for',
    ),
    auth: secured,
    states: null,
  },
  GetUser: {
    success: pin(
      'server source',
      'accounts/users/users.test.ts > a user is found by address, however it is capitalised, and by id',
    ),
    errors: pin(
      'server source',
      'accounts/users/users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for',
    ),
    auth: secured,
    states: null,
  },
  UpdateUser: {
    success: pin('server source', 'accounts/users/users.test.ts > replaces address and preferences, and keeps the id'),
    errors: pin('inferred', 'accounts/users/users.test.ts > a user who is not there is a failure of the store'),
    auth: secured,
    states: null,
  },
  CreateMembership: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > makes a user a member, whatever the case of the address',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > the organisation is looked for before the user, and the domain is looked at between the two',
    ),
    auth: secured,
    states: null,
  },
  UpdateMembershipByEmail: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > gives a member another role'),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > organisation, user and membership must be there, and are looked for in this order',
    ),
    auth: secured,
    states: null,
  },
  RemoveMembershipByEmail: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > ends a membership; ending it again finds none'),
    errors: pin('server source', 'accounts/memberships/memberships.test.ts > ends a membership; ending it again finds none'),
    auth: secured,
    states: null,
  },
  GetMembershipsByEmail: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > of a user: by id or address; nobody is known to have none',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > of a user: by id or address; nobody is known to have none',
    ),
    auth: secured,
    states: null,
  },
  GetMemberships: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > of a user: by id or address; nobody is known to have none',
    ),
    errors: null,
    auth: secured,
    states: null,
  },
  GetMembershipsByOrg: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > of an organisation: those whose users are known'),
    errors: pin('server source', 'accounts/memberships/memberships.test.ts > of an organisation: those whose users are known'),
    auth: secured,
    states: null,
  },
  GetDefaultMembershipForEmail: {
    success: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none',
    ),
    auth: secured,
    states: null,
  },
  SetDefaultMembership: {
    success: pin('server source', 'accounts/memberships/memberships.test.ts > can be set, and is then the only one'),
    errors: pin(
      'server source',
      'accounts/memberships/memberships.test.ts > cannot be an organisation that is unknown, or that the user does not belong to',
    ),
    auth: secured,
    states: null,
  },
  ListOrganizationMemberships: {
    success: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > GET has the members with their addresses',
    ),
    errors: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > an organisation that is not there is looked for by two of the four',
    ),
    auth: secured,
    states: null,
  },
  CreateOrganizationMembership: {
    success: pin(
      'server source',
      'accounts/memberships/organization-memberships.test.ts > POST makes a user a member, with a role in any case',
    ),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  UpdateOrganizationMembership: {
    success: pin('server source', 'accounts/memberships/organization-memberships.test.ts > PUT gives a member another role'),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  RemoveOrganizationMembership: {
    success: pin(
      'inferred',
      'accounts/memberships/organization-memberships.test.ts > DELETE ends a membership, and says nothing',
    ),
    errors: pin('server source', 'accounts/memberships/organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  ProvisionNewUser: {
    success: pin(
      'server source',
      'accounts/provision/provision.test.ts > makes a user, an organisation of theirs, their membership and a model, all in one',
    ),
    errors: pin(
      'server source',
      'accounts/provision/provision.test.ts > an address that somebody has is refused, unless that was expected',
    ),
    auth: secured,
    states: null,
  },
  ListModels: {
    success: pin('server source', 'seed/seed-file.test.ts > has models, those that were deleted left out'),
    errors: pin(
      'server source',
      'models/list-models.test.ts > an organisation that never was is not found, and whoever may not look is told nothing of it',
    ),
    auth: secured,
    states: null,
  },
};
