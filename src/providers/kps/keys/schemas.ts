import { type Static, type TSchema, Type } from 'typebox';
import { NoBody } from '../../../provider/schemas.ts';

/** Documents a body that the handler gets as text and decodes itself. */
export function textOf(schema: TSchema) {
  return Type.Unsafe<string | undefined>({ ...schema });
}

export const DateTime = Type.String({ format: 'date-time' });
export const Id = Type.String({ description: 'ID of the entity' });

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
      active: Type.Boolean({ description: 'Left out, the token is disabled' }),
      createdAt: Type.Optional(DateTime),
      updatedAt: Type.Optional(DateTime),
      usedAt: Type.Optional(DateTime),
    },
    { title: 'UserApiTokenUpdate' },
  ),
);

export const UserApiTokenCreated = Type.Object(
  { id: Id, tenantId: Type.String(), userId: Type.String(), token: Type.String({ description: 'Shown this once' }) },
  { title: 'UserApiTokenCreated' },
);

export const UpdateDocumentResponseV2 = Type.Object({ id: Id }, { title: 'UpdateDocumentResponseV2' });

export const DeleteDocumentResponseV2 = Type.Object(
  { id: Type.String({ description: 'Empty when nothing was deleted' }) },
  { title: 'DeleteDocumentResponseV2' },
);

export const IdParams = Type.Object({ id: Id });

export const Credential = textOf(Type.Object({ email: Type.String(), password: Type.String() }, { title: 'Credential' }));

export const LoginTokenPayload = textOf(
  Type.Record(Type.String(), Type.String(), { description: 'Claims to add, by the documentation; the real server adds none' }),
);

export const LoginResponse = Type.Object(
  { token: Type.String(), _id: Type.String(), name: Type.String(), email: Type.String() },
  { title: 'LoginResponse' },
);
export type LoginResponse = Static<typeof LoginResponse>;

export function apiError(description: string) {
  return Type.Object(
    {
      statusCode: Type.Integer({ format: 'int64' }),
      errorCode: Type.Optional(Type.Integer({ format: 'int64', description: 'Absent from the 401 of a refused token' })),
      message: Type.String(),
    },
    { title: 'APIErrorPayload', description },
  );
}

export const ErrorAnswers = {
  400: apiError('A malformed body, or a rule that it breaks'),
  401: apiError('Not authenticated, for whatever reason'),
  403: apiError('Not permitted'),
  429: apiError('Never of its own accord'),
  500: apiError('Internal error'),
};

export const ListErrorAnswers = { ...ErrorAnswers, 406: NoBody('No encoding that the client accepts') };
export const ExchangeErrorAnswers = { ...ErrorAnswers, 404: apiError('The user of the token is gone') };
