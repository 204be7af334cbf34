import { type Static, Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { seedLife } from '../../../provider/seed/keys.ts';
import { sessionTypes } from '../keys/token-types.ts';

const closed = { additionalProperties: false };

export const SeedUser = Type.Object(
  {
    email: Type.String({ pattern: '^[^@]+@[^@]+$', maxLength: 200, description: 'Unique over all tenants, whatever its case' }),
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: a UUID' })),
    tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: tid-demo' })),
    name: Type.Optional(Type.String({ maxLength: 200, description: 'Left out: the e-mail address' })),
    role: Type.Optional(Words(['INFRA_ADMIN', 'USER', 'OPERATOR', 'OPERATOR_TENANT'], { description: 'Left out: USER' })),
    password: Type.Optional(Type.String({ description: 'Left out: the part of the e-mail before the @, then -password' })),
    createdAt: Type.Optional(Type.String({ format: 'date-time', description: "Left out: the world's start" })),
  },
  closed,
);
export type SeedUser = Static<typeof SeedUser>;

export const SeedKey = Type.Object(
  {
    owner: Type.String({ description: 'E-mail address of a user' }),
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'Left out: a UUID' })),
    name: Type.Optional(Type.String({ description: 'Its name in `GET /_latchkey/credentials`: tokens themselves have no name' })),
    session: Type.Optional(
      Words(sessionTypes, {
        description:
          'Makes a log-in token instead of an API token. In a seed it needs expiresAt; otherwise it lives 30 minutes (short: 3; long: 20 days)',
      }),
    ),
    secret: Type.Optional(
      Type.String({
        pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$',
        description: 'An API token of the owner, signed with the signing secret. Left out: a new one',
      }),
    ),
    ...seedLife,
  },
  closed,
);
export type SeedKey = Static<typeof SeedKey>;

export const SeedSection = Type.Object(
  {
    signingSecret: Type.Optional(Type.String({ minLength: 1, description: 'Signs every token' })),
    tokensPerUser: Type.Optional(Type.Integer({ minimum: 0, description: 'Left out: 2' })),
    loginFailures: Type.Optional(
      Nullable(Type.Integer({ minimum: 1, description: 'How many failed log-ins lock an e-mail; null: never. Left out: 3' })),
    ),
    lockMs: Type.Optional(Type.Integer({ minimum: 0, description: 'Left out: 1800000, half an hour' })),
    users: Type.Optional(Type.Array(SeedUser)),
    keys: Type.Optional(Type.Array(SeedKey)),
  },
  { ...closed, title: 'KpsSeed' },
);
export type SeedSection = Static<typeof SeedSection>;
