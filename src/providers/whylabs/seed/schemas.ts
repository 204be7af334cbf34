import { type Static, Type } from 'typebox';
import { Words } from '../../../provider/schemas.ts';
import { seedLife } from '../../../provider/seed/keys.ts';
import { knownScopes } from '../keys/scopes.ts';
import { modelTypes, timePeriods } from '../models/models.ts';
import { roles, subscriptionTiers } from '../wire/java-enum.ts';

const closed = { additionalProperties: false };
/** The real store joins ids with `#`, and cannot read an id that contains one. */
const id = { pattern: '^[^#]*[^#\\s][^#]*$' };
const organization = Type.String({ description: 'Id of an organisation' });

const SeedOrganization = Type.Object(
  {
    id: Type.String({
      ...id,
      description: 'whylogs refuses the keys of an organisation whose id is longer than 15 characters',
      examples: ['org-123'],
    }),
    name: Type.Optional(Type.String({ description: 'Default: the id' })),
    subscriptionTier: Type.Optional(
      Words(subscriptionTiers.words, {
        description: 'Organisations on FREE or without a tier have at most 25 keys, and cannot make keys by v1',
      }),
    ),
    emailDomains: Type.Optional(
      Type.String({
        description: 'Separated by commas: only users of these domains may become members, except on the free tier',
      }),
    ),
    observatoryUrl: Type.Optional(Type.String({ description: 'The address of the dashboard' })),
    useCloudFront: Type.Optional(Type.Boolean({ description: 'Has no effect here; answers show it' })),
    parentOrgId: Type.Optional(Type.String({ description: 'Id of the organisation whose keys may act for this one by v1' })),
    allowManagedMembershipUpdatesOnly: Type.Optional(
      Type.Boolean({ description: 'Whether `/v0/membership` refuses to change the members' }),
    ),
    deleted: Type.Optional(Type.Boolean({ description: 'Whether the organisation was deleted. Its keys still authenticate' })),
  },
  closed,
);
export type SeedOrganization = Static<typeof SeedOrganization>;

const SeedUser = Type.Object(
  {
    email: Type.String({
      minLength: 1,
      description: 'In lower case: a user whose address has capital letters cannot be found by it',
    }),
    id: Type.Optional(Type.String({ ...id, description: 'Default: the id that the real server derives from the address' })),
    preferences: Type.Optional(Type.String({ description: 'JSON in a string, which only the dashboard reads' })),
  },
  closed,
);
export type SeedUser = Static<typeof SeedUser>;

const SeedMembership = Type.Object(
  {
    organization,
    user: Type.String({ description: 'Id or address of a user' }),
    role: Type.Optional(Words(roles.words, { description: 'Default: MEMBER. Has no effect on keys' })),
    default: Type.Optional(Type.Boolean({ description: 'Whether the user sees this organisation first' })),
  },
  closed,
);
export type SeedMembership = Static<typeof SeedMembership>;

const SeedModel = Type.Object(
  {
    organization,
    id: Type.String({
      pattern: '^[0-9a-zA-Z_-]+$',
      examples: ['model-1'],
      description: 'A key made by v1 may be restricted to one model',
    }),
    name: Type.Optional(Type.String({ description: 'Default: the id' })),
    timePeriod: Type.Optional(Words(timePeriods, { description: 'Default: P1D' })),
    modelType: Type.Optional(Words(modelTypes, { description: 'Default: none' })),
    active: Type.Optional(Type.Boolean({ description: 'False if the model was deleted' })),
  },
  closed,
);
export type SeedModel = Static<typeof SeedModel>;

const SeedKey = Type.Object(
  {
    organization,
    owner: Type.String({
      ...id,
      description: 'Id of a user, who need not exist. For a key made by v1: the id of the key that made it',
    }),
    name: Type.Optional(Type.String({ description: 'The alias' })),
    scopes: Type.Optional(
      Type.Array(Words([...knownScopes]), {
        description: 'Default: none. `:whylabs_*` have an effect only in organisation `0`',
      }),
    ),
    resourceId: Type.Optional(Type.String({ description: 'Id of the model that the key is restricted to' })),
    secret: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9]{10}\\.[A-Za-z0-9]{53}$',
        description: 'The 64 characters before the colon. Default: generated, and the same at every start',
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
