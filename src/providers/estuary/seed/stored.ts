import { Type } from 'typebox';
import { Nullable } from '../../../provider/schemas.ts';
import { type StoredFacts, StoredInstant, storedKind } from '../../../provider/stored.ts';
import { invites } from '../accounts/invites/invites.ts';
import { users } from '../accounts/users/users.ts';
import { contents, deals } from '../contents/contents.ts';
import { AnyContent, Deal } from '../contents/schemas.ts';

const User = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  level: Type.Integer(),
  passwordHash: Type.String(),
  email: Type.String(),
  flags: Type.Integer(),
  storageDisabled: Type.Boolean(),
  address: Type.String(),
  miners: Type.Array(Type.String()),
});

const Invite = Type.Object({
  id: Type.Integer(),
  code: Type.String(),
  createdBy: Type.Integer(),
  claimedBy: Type.Integer(),
});

const Content = Type.Object({ ...AnyContent.properties, deletedAt: Nullable(Type.String()) });

/** What a world stores of Estuary. */
export const stored: StoredFacts = {
  resources: [storedKind(users, User), storedKind(invites, Invite), storedKind(contents, Content), storedKind(deals, Deal)],
  attributes: Type.Object({
    exactExpiry: Type.Optional(Type.Object({ expiresAt: StoredInstant, shown: Type.String() })),
  }),
};
