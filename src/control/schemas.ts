import { type TProperties, Type } from 'typebox';
import { Nullable, Words } from '../provider/schemas.ts';

const Moment = (description: string) => Nullable(Type.String({ format: 'date-time', description }));

export const ControlErrorBody = Type.Object(
  { error: Type.Object({ code: Type.String(), message: Type.String(), details: Type.Unknown() }) },
  { title: 'ControlError' },
);

export const keyStates = ['active', 'suspended', 'revoked', 'expired'] as const;

export const Key = Type.Object(
  {
    id: Type.String({ description: "The core's own id, the same everywhere in the control plane" }),
    provider: Type.String(),
    tenant: Type.String(),
    owner: Type.String(),
    name: Nullable(Type.String()),
    hint: Type.String({ description: 'A fragment of the secret that may be shown' }),
    state: Words(keyStates, { description: 'Effective at this instant of the clock' }),
    grants: Type.Object({}, { additionalProperties: true }),
    attributes: Type.Object({}, { additionalProperties: true }),
    createdAt: Type.String({ format: 'date-time' }),
    expiresAt: Moment('The last instant at which the key is accepted'),
    lastUsedAt: Moment('The last accepted request'),
    revokedAt: Moment('When the key was revoked'),
  },
  { title: 'Key' },
);

export const Clock = Type.Object(
  {
    now: Type.String({ format: 'date-time' }),
    frozen: Type.Boolean(),
    offsetMs: Type.Integer({ description: 'How far the clock is from real time' }),
  },
  { title: 'Clock' },
);

/** Something that authenticates, and what presents it. */
export const Credential = Type.Object(
  {
    name: Type.String(),
    secret: Nullable(Type.String()),
    header: Nullable(Type.Object({ name: Type.String(), value: Type.String() })),
    login: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'What to log in with' })),
    description: Type.String(),
  },
  { title: 'Credential' },
);

/** The answers of an operation: its own, and the errors that any may give. */
export function answers<S extends TProperties[string]>(success: S) {
  return { 200: success, 400: ControlErrorBody, 403: ControlErrorBody, 404: ControlErrorBody };
}
