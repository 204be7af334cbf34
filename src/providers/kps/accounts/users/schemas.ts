import { type Static, Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { ApiErrorPayload, ErrorAnswers, GetErrorAnswers } from '../../wire/answers.ts';
import type { Query } from '../../wire/query.ts';
import { DateTime, Id, textOf } from '../../wire/schemas.ts';

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
    password: Type.String({ description: 'The hash, masked except for its last four characters' }),
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
  email: Type.String({ description: 'At most 200 bytes, with one @' }),
  name: Type.String({ description: 'At most 200 bytes' }),
  password: Type.String({
    description: '8 to 200 bytes, with a lower-case and an upper-case letter, a digit and a special character',
  }),
  role: Words(['INFRA_ADMIN', 'USER']),
};

export const UserCreate = textOf(
  Type.Object(
    {
      id: Type.Optional(
        Type.String({ description: 'Used if it has 8 to 36 letters, digits, -, @ and dots; otherwise a UUID is made' }),
      ),
      ...userFields,
    },
    { title: 'User' },
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
    { title: 'User', description: 'Fields that are left out stay as they are; the e-mail is required' },
  ),
);

export const EmailAvailability = Type.Object({ email: Type.String(), available: Type.Boolean() }, { title: 'EmailAvailability' });

/** Documents a query that the handler reads itself (wire/query.ts). */
function queryOf(parameters: Parameters<typeof Type.Object>[0]) {
  return Type.Unsafe<Query>(Type.Object(parameters));
}

export const PageQuery = queryOf({
  pageIndex: Type.Optional(Type.Integer({ description: 'From 0' })),
  pageSize: Type.Optional(Type.Integer()),
  orderBy: Type.Optional(
    Type.Array(Type.String(), { description: 'Checked and repeated in the answer; the order is by id all the same' }),
  ),
  filter: Type.Optional(Type.String({ description: 'Not emulated' })),
});

export type PageQuery = Static<typeof PageQuery>;

export const EmailQuery = queryOf({ email: Type.String() });

const NotFound = { 404: ApiErrorPayload('There is no such user, or the caller may not see them') };

export const UserUpdateErrorAnswers = { ...ErrorAnswers, ...NotFound };
export const UserGetErrorAnswers = { ...GetErrorAnswers, ...NotFound };
