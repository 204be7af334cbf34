import { Type } from 'typebox';
import type { EstuaryProfile } from '../../profiles.ts';

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
