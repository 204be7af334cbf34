import { type Static, Type } from 'typebox';
import { Nullable } from '../../../provider/schemas.ts';
import type { EstuaryProfile } from '../profiles.ts';

const date = Type.String({ description: 'RFC 3339; 0001-01-01T00:00:00Z where there is none' });

/** A stored file as the newest export shows it, in wire order; older versions lack a few of the fields. */
const contentFields = {
  id: Type.Integer(),
  createdAt: date,
  updatedAt: date,
  cid: Type.String(),
  name: Type.String(),
  userId: Type.Integer(),
  description: Type.String(),
  size: Type.Integer(),
  type: Type.Integer({ description: '0 unknown, 1 file, 2 directory' }),
  active: Type.Boolean(),
  offloaded: Type.Boolean(),
  replication: Type.Integer(),
  aggregatedIn: Type.Integer(),
  aggregate: Type.Boolean(),
  pinning: Type.Boolean(),
  pinMeta: Type.String(),
  replace: Type.Boolean(),
  origins: Type.String(),
  failed: Type.Boolean(),
  location: Type.String(),
  dagSplit: Type.Boolean(),
  splitFrom: Type.Integer(),
  pinningStatus: Type.String(),
  dealStatus: Type.String(),
};

export const AnyContent = Type.Object(contentFields);

/** A stored file; `deletedAt` is set by a soft deletion and never shown. */
export type Content = Static<typeof AnyContent> & { readonly deletedAt: string | null };

const laterFields: ReadonlySet<string> = new Set(['createdAt', 'pinningStatus', 'dealStatus']);

/** A content in the export of one version. */
function contentSchema({ exportsStatuses }: EstuaryProfile) {
  const shown = Object.entries(contentFields).filter(([field]) => exportsStatuses || !laterFields.has(field));
  return Type.Unsafe<Partial<Content>>(Type.Object(Object.fromEntries(shown), { title: 'Content' }));
}

/** A storage deal of a content, the same in every version, in wire order. */
export const Deal = Type.Object(
  {
    ID: Type.Integer(),
    CreatedAt: date,
    UpdatedAt: date,
    DeletedAt: Nullable(Type.String()),
    content: Type.Integer(),
    user_id: Type.Integer(),
    propCid: Type.String(),
    dealUuid: Type.String(),
    miner: Type.String(),
    dealId: Type.Integer(),
    failed: Type.Boolean(),
    verified: Type.Boolean(),
    slashed: Type.Boolean(),
    failedAt: date,
    dtChan: Type.String(),
    transferStarted: date,
    transferFinished: date,
    onChainAt: date,
    sealedAt: date,
    deal_protocol_version: Type.String(),
    miner_version: Type.String(),
  },
  { title: 'ContentDeal' },
);
export type Deal = Static<typeof Deal>;

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

export const Stats = Type.Object(
  { totalSize: Type.Integer({ format: 'int64' }), numPins: Type.Integer({ format: 'int64' }) },
  { title: 'userStatsResponse' },
);
export type Stats = Static<typeof Stats>;

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
