import { type Static, type TSchema, Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import type { KeyField, RocksetProfile } from '../profiles.ts';
import { pick } from '../wire/answers.ts';

const Instant = Type.String({ format: 'date-time', description: 'UTC, in whole seconds' });
const State = Words(['ACTIVE', 'SUSPENDED']);

/** A key as the wire shows it: each era has some of these fields. */
export interface KeyView {
  readonly created_at: string;
  readonly name: string;
  readonly key: string;
  readonly last_access_time: string | null;
  readonly expiry_time: string | null;
  readonly role: string | null;
  readonly created_by: string | null;
  readonly created_by_apikey_name: string | null;
  readonly state: 'ACTIVE' | 'SUSPENDED';
}

const keyFields: Readonly<Record<KeyField, TSchema>> = {
  created_at: Instant,
  name: Type.String(),
  key: Type.String({ description: 'All 64 characters on creation; elsewhere masked, as the era does it' }),
  last_access_time: Nullable(Instant),
  expiry_time: Nullable(Instant),
  role: Nullable(Type.String({ description: "Null: all of the owner's roles" })),
  created_by: Nullable(Type.String({ description: 'E-mail address of the owner' })),
  created_by_apikey_name: Nullable(Type.String({ description: 'The key that made this one' })),
  state: State,
};

/** `ApiKey` of one era: its fields, in wire order. */
export function keySchema({ keyFields: shown }: RocksetProfile) {
  return Type.Unsafe<KeyView>(Type.Object(pick(keyFields, shown), { title: 'ApiKey' }));
}

export const CreateApiKeyRequest = Type.Object(
  {
    name: Type.String({ maxLength: 256, description: 'Unique among the keys of its owner; not blank' }),
    role: Type.Optional(Nullable(Type.String({ description: "Left out: all of the owner's roles" }))),
    expiry_time: Type.Optional(Nullable(Type.String({ format: 'date-time', description: 'Requires the premium edition' }))),
    created_by: Type.Optional(Type.Unknown({ description: 'Ignored: the creator is always the owner' })),
  },
  { title: 'CreateApiKeyRequest' },
);
export type CreateApiKeyRequest = Static<typeof CreateApiKeyRequest>;

export const UpdateApiKeyRequest = Type.Object(
  {
    state: Type.Optional(
      Type.Unsafe<'ACTIVE' | 'SUSPENDED' | null>({ type: ['string', 'null'], enum: ['ACTIVE', 'SUSPENDED', null] }),
    ),
    expiry_time: Type.Optional(Nullable(Type.String({ format: 'date-time', description: 'Requires the premium edition' }))),
    clear_expiry_time: Type.Optional(Nullable(Type.Boolean({ description: 'Takes the expiry away' }))),
  },
  { title: 'UpdateApiKeyRequest' },
);
export type UpdateApiKeyRequest = Static<typeof UpdateApiKeyRequest>;

const user = Type.String({ description: 'E-mail address of the owner, or `self`' });
export const UserPath = Type.Object({ user });
export const KeyPath = Type.Object({ user, name: Type.String({ description: 'Name of the key' }) });
export const GetKeyQuery = Type.Object({
  reveal: Type.Optional(Type.Boolean({ description: 'Show the full key, where the era still can' })),
});
