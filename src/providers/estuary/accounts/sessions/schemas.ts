import { type Static, Type } from 'typebox';
import { textOf } from '../../wire/bodies.ts';

export const Credentials = textOf(Type.Object({ username: Type.String(), passwordHash: Type.String() }, { title: 'loginBody' }));

export const Registration = textOf(
  Type.Object({ username: Type.String(), passwordHash: Type.String(), inviteCode: Type.String() }, { title: 'registerBody' }),
);

export const Session = Type.Object({ token: Type.String(), expiry: Type.String({ format: 'date-time' }) });
export type Session = Static<typeof Session>;
