import type { OperationRow, Pin } from '../../../provider/ledger.ts';

/** The profile `documented` goes by what the documentation says of v0 keys; of all else the source says who may call. */
const documented: Pin = {
  evidence: 'specification',
  test: 'who-may-call.test.ts > %s is allowed or refused as the profile says',
};
const secured: Pin = { evidence: 'server source', test: 'matrix.test.ts > %s lets in whom the table says' };

function fromSource(test: string): Pin {
  return { evidence: 'server source', test };
}

function inferred(test: string): Pin {
  return { evidence: 'inferred', test };
}

export const operations: Readonly<Record<string, OperationRow>> = {
  CreateApiKey: {
    success: fromSource('create-key.test.ts > a key with every option is answered with these fields, in wire order'),
    errors: fromSource('create-key.test.ts > without a user, whatever else is wrong, the framework says what is missing'),
    auth: documented,
    states: fromSource('create-key-expiry.test.ts > is accepted at its expiry and refused a millisecond later'),
  },
  ListApiKeys: {
    success: fromSource('list-keys.test.ts > has these fields, in wire order, those without a value left out'),
    errors: inferred('list-keys.test.ts > GET …/api-key 400: a blank user is refused'),
    auth: documented,
    states: fromSource('list-keys.test.ts > has revoked and expired keys too, by key id in byte order'),
  },
  GetApiKey: {
    success: fromSource('get-key.test.ts > has the key inside `key`, with its last use and without itself'),
    errors: fromSource(
      'get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
    ),
    auth: documented,
    states: fromSource('revoke-key.test.ts > the organisation loses the key, the user keeps it'),
  },
  RevokeApiKey: {
    success: fromSource('revoke-key.test.ts > shows the key as revoked, without itself and without its last use'),
    errors: fromSource(
      "revoke-key.test.ts > a key that is not that user's in that organisation is not found, and stays as it was",
    ),
    auth: documented,
    states: fromSource(
      'revoke-key.test.ts > the key is refused from the next request on, and still after a revocation of what is revoked',
    ),
  },
  GenerateApiKey: {
    success: fromSource(
      'account-keys.test.ts > makes a key whose user is the key that makes it, with every option in wire order',
    ),
    errors: fromSource('account-keys.test.ts > expiry, model, organisation, tier and scopes are looked at in this order'),
    auth: secured,
    states: fromSource('account-keys.test.ts > a minute is the shortest life'),
  },
  DeleteApiKey: {
    success: fromSource('account-keys.test.ts > revokes what the calling key made, once and again'),
    errors: fromSource('account-keys.test.ts > what another key made, and the calling key itself, is not found'),
    auth: secured,
    states: fromSource('account-keys.test.ts > revokes what the calling key made, once and again'),
  },
  ListApiKeyMetadata: {
    success: fromSource(
      'account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    ),
    errors: fromSource('account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation'),
    auth: secured,
    states: fromSource(
      'account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    ),
  },
  ValidateApiKey: {
    success: fromSource('headers.test.ts > is the whole of a validation'),
    errors: null,
    auth: secured,
    states: fromSource('authentication.test.ts > %s with a key that was stopped is refused without a word'),
  },
  CreateOrganization: {
    success: fromSource(
      'create-organization.test.ts > everything that is asked for is there, in wire order, except how memberships are managed',
    ),
    errors: inferred(
      'create-organization.test.ts > an id that is taken is a failure of the store, and the organisation stays as it was',
    ),
    auth: secured,
    states: null,
  },
  ListOrganizations: {
    success: fromSource(
      'organizations.test.ts > has every organisation that is not deleted, in a list that says that it is internal',
    ),
    errors: null,
    auth: secured,
    states: fromSource(
      'organizations.test.ts > has every organisation that is not deleted, in a list that says that it is internal',
    ),
  },
  GetOrganization: {
    success: inferred('organizations.test.ts > has the time of creation as a number, and whether the organisation pays'),
    errors: fromSource('organizations.test.ts > one that is unknown or deleted is not found'),
    auth: secured,
    states: fromSource('organizations.test.ts > one that is unknown or deleted is not found'),
  },
  PartiallyUpdateOrganization: {
    success: fromSource(
      'organizations.test.ts > changes what is sent and leaves the rest, but for the time of creation, which is now',
    ),
    errors: fromSource('organizations.test.ts > one that is unknown or deleted is not found, once the arguments are bound'),
    auth: secured,
    states: fromSource('organizations.test.ts > lifts the limit of keys from the next creation on'),
  },
  DeleteOrganization: {
    success: fromSource(
      'organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
    ),
    errors: fromSource('organizations.test.ts > the words for one that never was are not those for one that is gone'),
    auth: secured,
    states: fromSource(
      'organizations.test.ts > is a mark: the organisation is not found any more, its memberships end, its keys still work',
    ),
  },
  CreateUser: {
    success: fromSource('users.test.ts > a user has an id that follows from the address, which is kept in small letters'),
    errors: fromSource('users.test.ts > an address that somebody has, however it is written, exists'),
    auth: secured,
    states: null,
  },
  GetUserByEmail: {
    success: fromSource('users.test.ts > a user is found by address, however it is capitalised, and by id'),
    errors: fromSource('users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for'),
    auth: secured,
    states: null,
  },
  GetUser: {
    success: fromSource('users.test.ts > a user is found by address, however it is capitalised, and by id'),
    errors: fromSource('users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for'),
    auth: secured,
    states: null,
  },
  UpdateUser: {
    success: fromSource('users.test.ts > replaces address and preferences, and keeps the id'),
    errors: inferred('users.test.ts > a user who is not there is a failure of the store'),
    auth: secured,
    states: null,
  },
  CreateMembership: {
    success: fromSource('memberships.test.ts > makes a user a member, whatever the case of the address'),
    errors: fromSource(
      'memberships.test.ts > the organisation is looked for before the user, and the domain is looked at between the two',
    ),
    auth: secured,
    states: null,
  },
  UpdateMembershipByEmail: {
    success: fromSource('memberships.test.ts > gives a member another role'),
    errors: fromSource('memberships.test.ts > organisation, user and membership must be there, and are looked for in this order'),
    auth: secured,
    states: null,
  },
  RemoveMembershipByEmail: {
    success: fromSource('memberships.test.ts > ends a membership; ending it again finds none'),
    errors: fromSource('memberships.test.ts > ends a membership; ending it again finds none'),
    auth: secured,
    states: null,
  },
  GetMembershipsByEmail: {
    success: fromSource('memberships.test.ts > of a user: by id or address; nobody is known to have none'),
    errors: fromSource('memberships.test.ts > of a user: by id or address; nobody is known to have none'),
    auth: secured,
    states: null,
  },
  GetMemberships: {
    success: fromSource('memberships.test.ts > of a user: by id or address; nobody is known to have none'),
    errors: null,
    auth: secured,
    states: null,
  },
  GetMembershipsByOrg: {
    success: fromSource('memberships.test.ts > of an organisation: those whose users are known'),
    errors: fromSource('memberships.test.ts > of an organisation: those whose users are known'),
    auth: secured,
    states: null,
  },
  GetDefaultMembershipForEmail: {
    success: fromSource('memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none'),
    errors: fromSource('memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none'),
    auth: secured,
    states: null,
  },
  SetDefaultMembership: {
    success: fromSource('memberships.test.ts > can be set, and is then the only one'),
    errors: fromSource('memberships.test.ts > cannot be an organisation that is unknown, or that the user does not belong to'),
    auth: secured,
    states: null,
  },
  ListOrganizationMemberships: {
    success: fromSource('organization-memberships.test.ts > GET has the members with their addresses'),
    errors: fromSource('organization-memberships.test.ts > an organisation that is not there is looked for by two of the four'),
    auth: secured,
    states: null,
  },
  CreateOrganizationMembership: {
    success: fromSource('organization-memberships.test.ts > POST makes a user a member, with a role in any case'),
    errors: fromSource('organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  UpdateOrganizationMembership: {
    success: fromSource('organization-memberships.test.ts > PUT gives a member another role'),
    errors: fromSource('organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  RemoveOrganizationMembership: {
    success: inferred('organization-memberships.test.ts > DELETE ends a membership, and says nothing'),
    errors: fromSource('organization-memberships.test.ts > a user who is not there is not found'),
    auth: secured,
    states: null,
  },
  ProvisionNewUser: {
    success: fromSource('provision.test.ts > makes a user, an organisation of theirs, their membership and a model, all in one'),
    errors: fromSource('provision.test.ts > an address that somebody has is refused, unless that was expected'),
    auth: secured,
    states: null,
  },
  ListModels: {
    success: fromSource('seed-file.test.ts > has models, those that were deleted left out'),
    errors: fromSource(
      'probes.test.ts > an organisation that never was is not found, and whoever may not look is told nothing of it',
    ),
    auth: secured,
    states: null,
  },
};
