import { type Static, Type } from 'typebox';

export const Email = Type.String({ examples: ['user@whylabs.ai'] });

export const UserPath = Type.Object({ user_id: Type.String({ examples: ['user-123'] }) });
export const EmailQuery = Type.Object({ email: Email });

export const User = Type.Object(
  {
    userId: Type.String({ description: '`user-` and a hash of the address' }),
    email: Email,
    preferences: Type.Optional(Type.String({ description: 'JSON in a string' })),
  },
  { title: 'User' },
);
export type User = Static<typeof User>;

export const CreateUserRequest = Type.Object({ email: Email }, { title: 'CreateUserRequest' });
