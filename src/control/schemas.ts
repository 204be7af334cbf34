import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import { type Grants, keyKinds } from '../core/api-key.ts';
import { effectiveStates } from '../core/key-state.ts';
import { Nullable, Words } from '../provider/schemas.ts';

/** An object with any fields; `T` is their type, as far as it is known. */
export function AnyFields<T extends object = Readonly<Record<string, unknown>>>(options: object = {}) {
  return Type.Unsafe<T>(Type.Object({}, { additionalProperties: true, ...options }));
}

/** An object with any field names, whose values have one schema. */
export function Dictionary<S extends TSchema>(values: S, options: object = {}) {
  return Type.Unsafe<Readonly<Record<string, Static<S>>>>(Type.Object({}, { additionalProperties: values, ...options }));
}

const Moment = (description: string) => Nullable(Type.String({ format: 'date-time', description }));

export const ControlErrorBody = Type.Object(
  { error: Type.Object({ code: Type.String(), message: Type.String(), details: Type.Unknown() }) },
  { title: 'ControlError' },
);

/** The id of a key, as a parameter. */
export const keyId = Type.String({
  description: 'Id of a key, as GET /keys lists it',
  examples: ['00000000-0000-4000-a000-000000000002'],
});

export const Key = Type.Object(
  {
    id: Type.String({ description: "The core's own id, the same everywhere in the control plane" }),
    provider: Type.String(),
    tenant: Type.String(),
    owner: Type.String(),
    name: Nullable(Type.String()),
    kind: Words(keyKinds, { description: 'A session is issued by a log-in' }),
    hint: Type.String({ description: 'A fragment of the secret that may be shown' }),
    state: Words(effectiveStates, { description: 'Effective at this instant of the clock' }),
    grants: AnyFields<Grants>(),
    attributes: AnyFields(),
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
    offsetMs: Type.Integer({ description: 'How far the clock is ahead of real time' }),
  },
  { title: 'Clock' },
);

/** Something that authenticates, and what presents it. */
export const Credential = Type.Object(
  {
    name: Type.String(),
    secret: Nullable(Type.String()),
    header: Nullable(Type.Object({ name: Type.String(), value: Type.String() })),
    login: Type.Optional(AnyFields<Readonly<Record<string, string>>>({ description: 'What to log in with' })),
    description: Type.String(),
    key: Nullable(Type.String({ description: 'Id of the key whose secret it is; null without a secret' })),
  },
  { title: 'Credential' },
);

/** An operation that a request which matched none was probably meant for. */
export const NearestOperation = Type.Object(
  {
    provider: Type.String(),
    operation: Type.String({ description: "The vendor's operation id" }),
    method: Type.String(),
    path: Type.String(),
    why: Type.String({ description: 'How the request differs from it' }),
  },
  { title: 'NearestOperation' },
);

export const entryFields = {
  id: Type.String(),
  at: Type.String({ format: 'date-time', description: "By the world's clock" }),
  provider: Nullable(Type.String({ description: 'Null if no provider owns the path, or none has seen the request' })),
  operation: Nullable(Type.String({ description: "The vendor's operation id; null for an unknown path" })),
  method: Type.String(),
  path: Type.String(),
  status: Type.Integer({ description: '0 if the connection was broken instead' }),
  key: Nullable(Type.String({ description: 'Id of the key that the credential belongs to, accepted or not' })),
  credential: Nullable(Type.String({ description: 'The hint of the credential' })),
  code: Nullable(
    Type.String({ description: "The core's error code of a refusal; null for a success and for a provider's own error" }),
  ),
  fault: Nullable(Type.String({ description: 'Ids of the faults that hit' })),
  durationMs: Type.Number({ description: 'In real time' }),
  elapsedMs: Type.Number({ description: 'When it arrived: real time since the start of latchkey' }),
  client: Nullable(Type.String({ description: 'What the client calls itself (User-Agent), cut at 120 characters' })),
  from: Nullable(Type.String({ description: 'The address that it came from; null if the connection broke' })),
  mark: Nullable(
    Type.String({ description: 'What it belongs to, as POST /mark or a reset said when it arrived; without secrets' }),
  ),
  mutant: Nullable(Type.String({ description: 'The mutant that decided the answer' })),
  nearest: Type.Optional(
    Type.Array(NearestOperation, { description: 'If it matched no operation: at most three that it was probably meant for' }),
  ),
};

/** A journal entry as lists show it. */
export const JournalEntry = Type.Object(entryFields, { title: 'JournalEntry' });

/** The answers of an operation: its own, and the errors that every operation may give. */
export function answers<S extends TProperties[string]>(success: S) {
  return { 200: success, 400: ControlErrorBody, 403: ControlErrorBody, 404: ControlErrorBody };
}

/** For calls that answer text or bytes: only their errors are JSON. */
export function answersPlainly({ httpStatus }: { readonly httpStatus?: string }) {
  return (payload: unknown) => (httpStatus === '200' ? String(payload) : JSON.stringify(payload));
}
