import { type Static, type TSchema, Type } from 'typebox';
import { contentSchema, Deal } from '../contents/contents.ts';
import type { EstuaryProfile, KeyField } from '../profiles.ts';

const fieldSchemas: Readonly<Record<KeyField, TSchema>> = {
  token: Type.String({ description: 'The full token on creation; in lists empty since v0.2.0' }),
  tokenHash: Type.String({ description: 'SHA-256 of the token, base64url without padding (since v0.1.11)' }),
  label: Type.String({ description: 'Free text given on creation (since v0.1.11)' }),
  expiry: Type.String({ format: 'date-time' }),
  isSession: Type.Boolean({ description: 'Made by a log-in (since v0.4.0)' }),
};

/** A key as the wire shows it: each version has the first few of these. */
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

export const HttpError = Type.Object(
  {
    error: Type.Object({ code: Type.Integer(), reason: Type.String(), details: Type.String() }),
  },
  { title: 'HttpError' },
);

export const ErrorAnswers = {
  400: HttpError,
  401: HttpError,
  403: HttpError,
  404: HttpError,
  429: HttpError,
  500: HttpError,
};

export const Health = Type.Object({ status: Type.String() });

/** A body that handlers get as text, documented as what the text holds. */
function textOf<T extends TSchema>(schema: T) {
  return Type.Unsafe<string | undefined>(schema);
}

export const Credentials = textOf(Type.Object({ username: Type.String(), passwordHash: Type.String() }, { title: 'loginBody' }));

export const Registration = textOf(
  Type.Object({ username: Type.String(), passwordHash: Type.String(), inviteCode: Type.String() }, { title: 'registerBody' }),
);

export const NewPassword = textOf(Type.Object({ newPasswordHash: Type.String() }, { title: 'changePasswordParams' }));

export const Session = Type.Object({ token: Type.String(), expiry: Type.String({ format: 'date-time' }) });
export type Session = Static<typeof Session>;

export const Nothing = Type.Object({}, { description: 'An empty object' });

export const Stats = Type.Object(
  { totalSize: Type.Integer({ format: 'int64' }), numPins: Type.Integer({ format: 'int64' }) },
  { title: 'userStatsResponse' },
);

/** `DataExport` of one version. */
export function exportSchema(profile: EstuaryProfile) {
  return Type.Object(
    {
      Version: Type.String(),
      Date: Type.String({ format: 'date-time' }),
      Version1: Type.Object({ Contents: Type.Array(contentSchema(profile)), Deals: Type.Array(Deal) }),
    },
    { title: 'DataExport' },
  );
}

export const Viewer = Type.Object({
  username: Type.String(),
  perms: Type.Integer(),
  id: Type.Integer(),
  address: Type.String({ description: 'The text <empty> where none is set' }),
  miners: Type.Optional(Type.Array(Type.String())),
  auth_expiry: Type.String({ format: 'date-time' }),
  settings: Type.Object({
    replication: Type.Integer(),
    verified: Type.Boolean(),
    dealDuration: Type.Integer(),
    maxStagingWait: Type.Optional(Type.Integer()),
    fileStagingThreshold: Type.Integer(),
    contentAddingDisabled: Type.Boolean(),
    dealMakingDisabled: Type.Boolean(),
    uploadEndpoints: Type.Array(Type.String()),
    flags: Type.Integer(),
  }),
});
export type Viewer = Static<typeof Viewer>;

export const CreateQuery = Type.Object({
  expiry: Type.Optional(Type.String({ description: 'A Go duration such as 300h; `false` for 100 years; default 720h' })),
  perms: Type.Optional(Type.String({ description: '`all` (default) or `upload`' })),
  label: Type.Optional(Type.String({ description: 'Free text (since v0.1.11)' })),
});
