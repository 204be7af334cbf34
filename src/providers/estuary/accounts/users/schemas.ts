import { Type } from 'typebox';
import { textOf } from '../../wire/bodies.ts';

export const NewPassword = textOf(Type.Object({ newPasswordHash: Type.String() }, { title: 'changePasswordParams' }));

export const EmptyObject = Type.Object({}, { description: 'An empty object' });
