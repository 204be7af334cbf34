import { type TSchema, Type } from 'typebox';
import type { EstuaryProfile, KeyField } from '../profiles.ts';

const fieldSchemas: Readonly<Record<KeyField, TSchema>> = {
  token: Type.String({ description: 'The full token on creation; in lists empty since v0.2.0' }),
  tokenHash: Type.String({ description: 'SHA-256 of the token, base64url without padding (since v0.1.11)' }),
  label: Type.String({ description: 'Free text given on creation (since v0.1.11)' }),
  expiry: Type.String({ format: 'date-time' }),
  isSession: Type.Boolean({ description: 'Made by a log-in (since v0.4.0)' }),
};

/** A key as the wire shows it: each version has the first few of these fields. */
export interface KeyView {
  readonly token?: string;
  readonly tokenHash?: string;
  readonly label?: string;
  readonly expiry?: string;
  readonly isSession?: boolean;
}

/** `getApiKeysResp` of one version: its fields, in wire order. */
export function keySchema({ keyFields }: EstuaryProfile) {
  const properties = Object.fromEntries(keyFields.map((field) => [field, fieldSchemas[field]]));
  return Type.Unsafe<KeyView>(Type.Object(properties, { title: 'getApiKeysResp' }));
}

export const CreateQuery = Type.Object({
  expiry: Type.Optional(Type.String({ description: 'A Go duration such as 300h; `false` for 100 years; default 720h' })),
  perms: Type.Optional(Type.String({ description: '`all` (default) or `upload`' })),
  label: Type.Optional(Type.String({ description: 'Free text (since v0.1.11)' })),
});
