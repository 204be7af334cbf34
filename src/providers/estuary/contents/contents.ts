import { type Static, Type } from 'typebox';
import type { ResourceStore } from '../../../core/resource-store.ts';
import { resourceKind } from '../../../core/resource-store.ts';
import { Nullable } from '../../../provider/schemas.ts';
import type { Uploader } from '../accounts/account-schemas.ts';
import { users } from '../accounts/users.ts';
import type { EstuaryProfile } from '../profiles.ts';

const moment = Type.String({ description: 'RFC 3339; 0001-01-01T00:00:00Z where there is none' });

/** A stored file as the newest export shows it; older ones lack a few fields. Wire order. */
const contentFields = {
  id: Type.Integer(),
  createdAt: moment,
  updatedAt: moment,
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

const AnyContent = Type.Object(contentFields);

/** A stored file; `deletedAt` is set by a soft deletion and never shown. */
export type Content = Static<typeof AnyContent> & { readonly deletedAt: string | null };

const laterFields: ReadonlySet<string> = new Set(['createdAt', 'pinningStatus', 'dealStatus']);

/** A content in the export of one version. */
export function contentSchema({ exportsStatuses }: EstuaryProfile) {
  const shown = Object.entries(contentFields).filter(([field]) => exportsStatuses || !laterFields.has(field));
  return Type.Unsafe<Partial<Content>>(Type.Object(Object.fromEntries(shown), { title: 'Content' }));
}

/** A storage deal of a content, the same in every version. Wire order. */
export const Deal = Type.Object(
  {
    ID: Type.Integer(),
    CreatedAt: moment,
    UpdatedAt: moment,
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
    failedAt: moment,
    dtChan: Type.String(),
    transferStarted: moment,
    transferFinished: moment,
    onChainAt: moment,
    sealedAt: moment,
    deal_protocol_version: Type.String(),
    miner_version: Type.String(),
  },
  { title: 'ContentDeal' },
);
export type Deal = Static<typeof Deal>;

export const contents = resourceKind<Content>('content');
export const deals = resourceKind<Deal>('deal');

/** What a user's export holds: every content that is not deleted, inactive ones too, and the deals of those. FIDELITY: export. */
export async function exportOf(resources: ResourceStore, userId: number): Promise<{ Contents: Content[]; Deals: Deal[] }> {
  const live = (await contentsOf(resources, userId)).filter(({ deletedAt }) => deletedAt === null);
  const ids = new Set(live.map(({ id }) => id));
  const all = await resources.list(deals);
  return {
    Contents: live,
    Deals: all.map(({ data }) => data).filter((deal) => deal.DeletedAt === null && ids.has(deal.content)),
  };
}

/**
 * A user's totals. v0.1.x sums the active contents that lie in no aggregate and counts all active ones, deleted ones and
 * aggregates among them; since v0.2.1 both leave aggregates and deleted contents out. FIDELITY: stats.
 */
export async function totalsOf(
  resources: ResourceStore,
  userId: number,
  profile: EstuaryProfile,
): Promise<{ totalSize: number; numPins: number }> {
  const active = (await contentsOf(resources, userId)).filter((content) => content.active);
  const files = active.filter(({ aggregate, deletedAt }) => !aggregate && deletedAt === null);
  const summed = profile.totalsSkipAggregates ? files : active.filter(({ aggregatedIn }) => aggregatedIn === 0);
  const counted = profile.totalsSkipAggregates ? files : active;
  return { totalSize: summed.reduce((sum, { size }) => sum + size, 0), numPins: counted.length };
}

/** Everybody who owns contents that are not deleted, by id, with what they own; null where nobody does. FIDELITY: users. */
export async function uploadersOf(resources: ResourceStore): Promise<Uploader[] | null> {
  const live = (await resources.list(contents)).map(({ data }) => data).filter(({ deletedAt }) => deletedAt === null);
  if (live.length === 0) return null;
  const names = new Map((await resources.list(users)).map(({ data }) => [data.id, data.username]));
  const ids = [...new Set(live.map(({ userId }) => userId))].sort((one, other) => one - other);
  return ids.map((id) => {
    const own = live.filter(({ userId }) => userId === id);
    return { id, username: names.get(id) ?? '', spaceUsed: own.reduce((sum, { size }) => sum + size, 0), numFiles: own.length };
  });
}

async function contentsOf(resources: ResourceStore, userId: number): Promise<Content[]> {
  const all = await resources.list(contents);
  return all.map(({ data }) => data).filter((content) => content.userId === userId);
}
