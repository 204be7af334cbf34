import { type Static, Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { apiError, DateTime, ErrorAnswers, Id, ListErrorAnswers, textOf } from '../../keys/schemas.ts';
import type { Query } from '../../wire/query.ts';

const Role = Words(['INFRA_ADMIN', 'USER', 'OPERATOR', 'OPERATOR_TENANT']);

export const UserView = Type.Object(
  {
    id: Id,
    version: Type.Number({ description: 'When it was last updated, in nanoseconds' }),
    tenantId: Type.String(),
    createdAt: DateTime,
    updatedAt: DateTime,
    email: Type.String(),
    name: Type.String(),
    password: Type.String({ description: 'The hash, masked but for its last four characters' }),
    role: Role,
  },
  { title: 'User' },
);
export type UserView = Static<typeof UserView>;

export const UserListPayload = Type.Object(
  {
    pageIndex: Type.Integer(),
    pageSize: Type.Integer(),
    totalCount: Type.Integer({ description: 'All users of the tenant' }),
    orderBy: Type.Optional(Type.String()),
    orderByKeys: Type.Array(Type.String()),
    result: Type.Array(UserView),
  },
  { title: 'UserListPayload' },
);
export type UserListPayload = Static<typeof UserListPayload>;

const userFields = {
  email: Type.String({ description: 'Of at most 200 bytes, with one @' }),
  name: Type.String({ description: 'Of at most 200 bytes' }),
  password: Type.String({
    description: 'Of 8 to 200 bytes, with a small and a capital letter, a digit and a special character',
  }),
  role: Words(['INFRA_ADMIN', 'USER']),
};

export const UserCreate = textOf(
  Type.Object(
    { id: Type.Optional(Type.String({ description: 'Taken if it has 8 to 36 letters, digits, -, @ and dots' })), ...userFields },
    { title: 'UserCreate' },
  ),
);

export const UserUpdate = textOf(
  Type.Object(
    {
      ...userFields,
      name: Type.Optional(userFields.name),
      password: Type.Optional(userFields.password),
      role: Type.Optional(userFields.role),
    },
    { title: 'UserUpdate', description: 'What is left out stays, but for the e-mail, which is required' },
  ),
);

export const CreateDocumentResponseV2 = Type.Object({ id: Id }, { title: 'CreateDocumentResponseV2' });

export const EmailAvailability = Type.Object({ email: Type.String(), available: Type.Boolean() }, { title: 'EmailAvailability' });

/** Documents a query that is read by hand. */
function queryOf(parameters: Parameters<typeof Type.Object>[0]) {
  return Type.Unsafe<Query>(Type.Object(parameters));
}

export const PageQuery = queryOf({
  pageIndex: Type.Optional(Type.Integer({ description: 'From 0' })),
  pageSize: Type.Optional(Type.Integer()),
  orderBy: Type.Optional(Type.Array(Type.String(), { description: 'Checked, and echoed: the order is by id' })),
  filter: Type.Optional(Type.String({ description: 'Not emulated' })),
});

export type PageQuery = Static<typeof PageQuery>;

export const EmailQuery = queryOf({ email: Type.String() });

const NotFound = { 404: apiError('There is no such user, or he is not for the caller to see') };

export const UserUpdateErrorAnswers = { ...ErrorAnswers, ...NotFound };
export const UserGetErrorAnswers = { ...ListErrorAnswers, ...NotFound };
