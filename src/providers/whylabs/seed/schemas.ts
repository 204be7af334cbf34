import { type Static, Type } from 'typebox';
import { Words } from '../../../provider/schemas.ts';
import { seedLife } from '../../../provider/seed/keys.ts';
import { knownScopes } from '../keys/scopes.ts';
import { modelTypes, timePeriods } from '../models/models.ts';
import { roles, subscriptionTiers } from '../wire/java-enum.ts';

const closed = { additionalProperties: false };
/** The real store joins ids with `#`, and fails to read one that has it. */
const id = { pattern: '^[^#]*[^#\\s][^#]*$' };
const organization = Type.String({ description: 'Id of an organisation' });

const SeedOrganization = Type.Object(
  {
    id: Type.String({ ...id, description: 'More than 15 characters make whylogs refuse the keys', examples: ['org-123'] }),
    name: Type.Optional(Type.String({ description: 'Left out: the id' })),
    subscriptionTier: Type.Optional(
      Words(subscriptionTiers.words, { description: 'FREE and left out: 25 keys at most, and none by v1' }),
    ),
    emailDomains: Type.Optional(
      Type.String({ description: 'Separated by commas: whose users may become members, except on the free tier' }),
    ),
    observatoryUrl: Type.Optional(Type.String({ description: 'Where the dashboard is' })),
    useCloudFront: Type.Optional(Type.Boolean({ description: 'Only shown' })),
    parentOrgId: Type.Optional(Type.String({ description: 'The organisation whose keys may act for this one by v1' })),
    allowManagedMembershipUpdatesOnly: Type.Optional(
      Type.Boolean({ description: 'Whether `/v0/membership` leaves the members alone' }),
    ),
    deleted: Type.Optional(Type.Boolean({ description: 'Its keys still authenticate' })),
  },
  closed,
);
export type SeedOrganization = Static<typeof SeedOrganization>;

const SeedUser = Type.Object(
  {
    email: Type.String({ minLength: 1, description: 'In small letters: nobody is found by an address with capitals' }),
    id: Type.Optional(Type.String({ ...id, description: 'Left out: what the real server makes of the address' })),
    preferences: Type.Optional(Type.String({ description: 'JSON in a text, which only the dashboard understands' })),
  },
  closed,
);
export type SeedUser = Static<typeof SeedUser>;

const SeedMembership = Type.Object(
  {
    organization,
    user: Type.String({ description: 'Id or address of a user' }),
    role: Type.Optional(Words(roles.words, { description: 'Left out: MEMBER. Keys take no notice of it' })),
    default: Type.Optional(Type.Boolean({ description: 'Whether the user is shown this organisation first' })),
  },
  closed,
);
export type SeedMembership = Static<typeof SeedMembership>;

const SeedModel = Type.Object(
  {
    organization,
    id: Type.String({ pattern: '^[0-9a-zA-Z_-]+$', examples: ['model-1'], description: 'Keys of v1 may be for one model' }),
    name: Type.Optional(Type.String({ description: 'Left out: the id' })),
    timePeriod: Type.Optional(Words(timePeriods, { description: 'Left out: P1D' })),
    modelType: Type.Optional(Words(modelTypes, { description: 'Left out: none' })),
    active: Type.Optional(Type.Boolean({ description: 'False: it was deleted' })),
  },
  closed,
);
export type SeedModel = Static<typeof SeedModel>;

const SeedKey = Type.Object(
  {
    organization,
    owner: Type.String({ ...id, description: 'Id of a user, who need not be known; of keys made by v1 the id of a key' }),
    name: Type.Optional(Type.String({ description: 'The alias' })),
    scopes: Type.Optional(
      Type.Array(Words([...knownScopes]), {
        description: 'Left out: none. `:whylabs_*` mean something in organisation `0` alone',
      }),
    ),
    resourceId: Type.Optional(Type.String({ description: 'Id of a model of the organisation, which the key is for' })),
    secret: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9]{10}\\.[A-Za-z0-9]{53}$',
        description: 'The 64 characters before the colon; left out: they are made',
      }),
    ),
    ...seedLife,
  },
  closed,
);
export type SeedKey = Static<typeof SeedKey>;

export const SeedSection = Type.Object(
  {
    organizations: Type.Optional(Type.Array(SeedOrganization)),
    users: Type.Optional(Type.Array(SeedUser)),
    memberships: Type.Optional(Type.Array(SeedMembership)),
    models: Type.Optional(Type.Array(SeedModel)),
    keys: Type.Optional(Type.Array(SeedKey)),
  },
  { ...closed, title: 'WhylabsSeed' },
);
export type SeedSection = Static<typeof SeedSection>;
