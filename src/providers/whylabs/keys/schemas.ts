import { type Static, Type } from 'typebox';
import { OrgPath } from '../accounts/organizations/schemas.ts';

const Time = (description: string) => Type.String({ description: `${description}: UTC, local date-time without a zone` });

export const keyFields = {
  keyId: Type.String({ description: 'The first ten characters of the key' }),
  orgId: Type.String(),
  userId: Type.String(),
  creationTime: Time('Creation time'),
  expirationTime: Type.Optional(Time('Only if the key expires')),
  lastUsedTime: Type.Optional(Time('Only if the key was used; never in the list of a user, nor in the answer to a revocation')),
  scopes: Type.Optional(Type.Array(Type.String(), { uniqueItems: true, description: 'Only if given at creation' })),
  resourceId: Type.Optional(Type.String({ description: 'The model that the key is for: only of keys made by v1' })),
  alias: Type.String({ description: 'Empty if none was given' }),
  revoked: Type.Boolean(),
};

export const UserApiKey = Type.Object(keyFields, { title: 'UserApiKey' });
export type UserApiKey = Static<typeof UserApiKey>;

export const CreatedApiKey = Type.Object(
  { key: Type.String({ description: 'The key itself, `id.secret:org`, shown only here' }), ...keyFields },
  { title: 'CreatedUserApiKey' },
);

export const UserApiKeyResponse = Type.Object(
  { key: Type.Optional(UserApiKey) },
  { title: 'UserApiKeyResponse', description: 'Empty if the key does not exist' },
);

export const ListUserApiKeys = Type.Object(
  { items: Type.Array(UserApiKey, { uniqueItems: true }) },
  { title: 'ListUserApiKeys' },
);

export const KeyPath = Type.Object({ ...OrgPath.properties, key_id: Type.String({ examples: ['fh4dUNV3WQ'] }) });

const userId = Type.String({ description: 'Any text that is not blank: the user need not exist', examples: ['user-123'] });

export const CreateQuery = Type.Object({
  user_id: userId,
  expiration_time: Type.Optional(Type.Integer({ format: 'int64', description: 'Epoch milliseconds, at least 60 seconds ahead' })),
  scopes: Type.Optional(Type.Array(Type.String({ examples: [':user'] }), { description: 'Default: no scopes' })),
  alias: Type.Optional(Type.String({ examples: ['MLApplicationName'] })),
});

export const ListQuery = Type.Object({ user_id: Type.Optional(userId) });

export const RevokeQuery = Type.Object({ user_id: userId, key_id: Type.String({ examples: ['HMiFAgQeNb'] }) });
