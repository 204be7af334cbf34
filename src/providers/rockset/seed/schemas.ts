import { type Static, Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { seedLife } from '../../../provider/seed/keys.ts';
import { actions } from '../roles/actions.ts';

const closed = { additionalProperties: false };
const organization = Type.Optional(Type.String({ description: 'Id of the organization; left out: acme' }));
const createdAt = Type.Optional(Type.String({ format: 'date-time', description: "Left out: the world's start" }));

const SeedOrganization = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9._-]+$', description: 'What the header `organization` names' }),
    displayName: Type.Optional(Type.String({ description: 'Left out: the id' })),
    companyName: Type.Optional(Type.String({ description: 'Left out: the display name' })),
    externalId: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Left out: derived from the id' })),
    edition: Type.Optional(
      Words(['STANDARD', 'PREMIUM', 'MISSION_CRITICAL'], { description: 'STANDARD: keys cannot expire. Left out: PREMIUM' }),
    ),
    createdAt,
  },
  closed,
);
export type SeedOrganization = Static<typeof SeedOrganization>;

const SeedPrivilege = Type.Object(
  {
    action: Words(actions, { description: 'An action of the specification' }),
    resourceName: Type.Optional(Type.String({ description: 'A workspace, an integration, …; left out: everything' })),
    cluster: Type.Optional(Type.String({ description: 'Left out: every cluster' })),
  },
  closed,
);

const SeedRole = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 256, description: 'Not admin, member or read-only: these exist already' }),
    organization,
    description: Type.Optional(Nullable(Type.String({ description: 'Left out: null' }))),
    createdBy: Type.Optional(Type.String({ description: 'E-mail address of its owner; left out: null' })),
    privileges: Type.Array(SeedPrivilege, { description: 'What it allows' }),
    createdAt,
  },
  closed,
);
export type SeedRole = Static<typeof SeedRole>;

const SeedUser = Type.Object(
  {
    email: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', description: 'Stored in lower case' }),
    organization,
    roles: Type.Optional(Type.Array(Type.String(), { description: 'Built-in roles, or roles of this file; left out: member' })),
    firstName: Type.Optional(Nullable(Type.String({ description: 'Left out: null' }))),
    lastName: Type.Optional(Nullable(Type.String({ description: 'Left out: null' }))),
    phoneNumber: Type.Optional(Nullable(Type.String({ description: 'Left out: null' }))),
    state: Type.Optional(Words(['NEW', 'ACTIVE'], { description: 'Left out: ACTIVE, or NEW where the invitation is pending' })),
    inviteState: Type.Optional(Words(['PENDING', 'ACCEPTED'], { description: 'Left out: ACCEPTED' })),
    invitedBy: Type.Optional(Type.String({ description: 'E-mail address, of any organization; left out: null' })),
    createdAt,
  },
  closed,
);
export type SeedUser = Static<typeof SeedUser>;

const SeedKey = Type.Object(
  {
    owner: Type.String({ description: 'E-mail address of a user' }),
    organization: Type.Optional(
      Type.String({ description: "The owner's organization; left out: acme, or the owner's first one in the file" }),
    ),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Required for an API key, not allowed for an id token' }),
    ),
    role: Type.Optional(Type.String({ description: "Left out: all of the owner's roles" })),
    secret: Type.Optional(
      Type.String({
        description: '64 letters and digits, or for an id token three parts separated by dots; left out: generated',
      }),
    ),
    idToken: Type.Optional(
      Type.Boolean({
        description: 'An id token of the log-in instead of an API key; without an expiry it is valid for 24 hours',
      }),
    ),
    createdByKey: Type.Optional(Type.String({ description: 'Name of the key that made this one; left out: null' })),
    ...seedLife,
  },
  closed,
);
export type SeedKey = Static<typeof SeedKey>;

export const SeedSection = Type.Object(
  {
    organizations: Type.Optional(Type.Array(SeedOrganization, { description: 'In addition to acme, which exists already' })),
    roles: Type.Optional(Type.Array(SeedRole, { description: 'Custom roles' })),
    users: Type.Optional(Type.Array(SeedUser, { description: 'Members of organizations' })),
    keys: Type.Optional(Type.Array(SeedKey, { description: 'API keys and id tokens' })),
  },
  { ...closed, title: 'RocksetSeed' },
);
export type SeedSection = Static<typeof SeedSection>;
