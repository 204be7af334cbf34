import { type Static, Type } from 'typebox';
import { MapOf } from '../../../../provider/schemas.ts';
import { ApiErrorPayload, ErrorAnswers } from '../../wire/answers.ts';
import { textOf } from '../../wire/schemas.ts';

export const Credential = textOf(Type.Object({ email: Type.String(), password: Type.String() }, { title: 'Credential' }));

export const LoginTokenPayload = textOf(
  MapOf(Type.String(), {
    description: 'Claims to add, according to the documentation; the real server adds none',
  }),
);

export const LoginResponse = Type.Object(
  { token: Type.String(), _id: Type.String(), name: Type.String(), email: Type.String() },
  { title: 'LoginResponse' },
);
export type LoginResponse = Static<typeof LoginResponse>;

export const ExchangeErrorAnswers = { ...ErrorAnswers, 404: ApiErrorPayload('No user has the e-mail of the token') };
