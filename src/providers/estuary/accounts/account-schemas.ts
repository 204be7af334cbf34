import { type Static, Type } from 'typebox';
import type { EstuaryProfile } from '../profiles.ts';

export const InviteCode = Type.Object({ code: Type.String() });

/** An invite as the widest version lists it. */
export interface InviteView {
  readonly code: string;
  readonly createdBy: string;
  readonly claimedBy: string;
  readonly createdAt?: string;
}

/** `getInvitesResp` of one version: its fields, in wire order. */
export function inviteSchema({ datesInvites }: EstuaryProfile) {
  const fields = {
    code: Type.String(),
    createdBy: Type.String({ description: 'A user name' }),
    claimedBy: Type.String({ description: 'A user name; empty while the code is free' }),
  };
  const date = { createdAt: Type.String({ format: 'date-time', description: 'Since v0.1.11' }) };
  return Type.Unsafe<InviteView>(Type.Object({ ...fields, ...(datesInvites ? date : {}) }, { title: 'getInvitesResp' }));
}

/** A user who owns contents, as administrators see them. */
export const Uploader = Type.Object(
  {
    id: Type.Integer(),
    username: Type.String(),
    spaceUsed: Type.Integer({ format: 'int64' }),
    numFiles: Type.Integer(),
  },
  { title: 'adminUserResponse' },
);
export type Uploader = Static<typeof Uploader>;

/** The body of `POST /check-api-key`, which the handler gets as text. */
export const KeyToCheck = Type.Unsafe<string | undefined>(
  Type.Object({ Username: Type.Optional(Type.String()), Token: Type.String() }, { title: 'ApiKeyParam' }),
);

/** What the auth service says of a token. */
export const CheckedKey = Type.Object(
  {
    username: Type.Optional(Type.String({ description: 'As it was sent' })),
    user: Type.Object({
      username: Type.Optional(Type.String()),
      perm: Type.Optional(Type.Integer()),
      email: Type.Optional(Type.String()),
      flags: Type.Optional(Type.Integer()),
      storage_disable: Type.Optional(Type.Boolean()),
    }),
    result: Type.Object({ validated: Type.Boolean(), details: Type.String() }),
  },
  { title: 'AuthenticationResult' },
);
export type CheckedKey = Static<typeof CheckedKey>;

/** The auth service is a server of its own, with errors as its framework words them. */
export const ServiceError = Type.Object({ message: Type.String() }, { title: 'HTTPError' });

export const HandedOut = Type.Object({ expires: Type.String({ format: 'date-time' }), token: Type.String() });
