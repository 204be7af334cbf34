import { type Static, Type } from 'typebox';
import { DateTime, Id, textOf } from '../wire/schemas.ts';

export const UserApiToken = Type.Object(
  {
    id: Id,
    tenantId: Type.String(),
    userId: Type.String(),
    active: Type.Boolean(),
    createdAt: DateTime,
    updatedAt: DateTime,
    usedAt: Type.String({ format: 'date-time', description: 'Year 1 for a token that was never used' }),
  },
  { title: 'UserApiToken' },
);
export type UserApiToken = Static<typeof UserApiToken>;

export const UserApiTokens = Type.Array(UserApiToken);

export const UserApiTokenCreatePayload = textOf(
  Type.Object(
    { active: Type.Boolean({ description: 'Ignored: a token is always created active' }) },
    { title: 'UserApiTokenCreatePayload' },
  ),
);

export const UserApiTokenUpdate = textOf(
  Type.Object(
    {
      id: Type.Optional(Type.String({ description: 'Ignored: the id in the path counts' })),
      userId: Type.String({ description: "Must be the id of the token's owner" }),
      active: Type.Boolean({ description: 'When it is left out, the token is disabled' }),
      createdAt: Type.Optional(DateTime),
      updatedAt: Type.Optional(DateTime),
      usedAt: Type.Optional(DateTime),
    },
    { title: 'UserApiToken' },
  ),
);

export const UserApiTokenCreated = Type.Object(
  { id: Id, tenantId: Type.String(), userId: Type.String(), token: Type.String({ description: 'Shown only this once' }) },
  { title: 'UserApiTokenCreated' },
);
