import { type Static, Type } from 'typebox';
import { textOf } from '../../wire/bodies.ts';

/** The body of `POST /check-api-key`. */
export const KeyToCheck = textOf(
  Type.Object({ Username: Type.Optional(Type.String()), Token: Type.String() }, { title: 'ApiKeyParam' }),
);

/** The auth service's answer about a token. */
export const CheckedKey = Type.Object(
  {
    username: Type.Optional(Type.String({ description: 'As it was sent' })),
    user: Type.Object({
      username: Type.Optional(Type.String()),
      perm: Type.Optional(Type.Integer()),
      email: Type.Optional(Type.String()),
      flags: Type.Optional(Type.Integer()),
      storage_disable: Type.Optional(Type.Boolean()),
    }),
    result: Type.Object({ validated: Type.Boolean(), details: Type.String() }),
  },
  { title: 'AuthenticationResult' },
);
export type CheckedKey = Static<typeof CheckedKey>;

/** An error in the words of the service's own framework: it is another server than the API. */
export const ServiceError = Type.Object({ message: Type.String() }, { title: 'HTTPError' });

export const NewToken = Type.Object({ expires: Type.String({ format: 'date-time' }), token: Type.String() });
