import { type ResourceStore, resourceKind } from '../../../core/resource-store.ts';
import { users } from '../accounts/users/users.ts';
import type { EstuaryProfile } from '../profiles.ts';
import type { Content, Deal, Stats, Uploader } from './schemas.ts';

export const contents = resourceKind<Content>('content');
export const deals = resourceKind<Deal>('deal');

/**
 * The lists of a user's export: the user's contents that are not deleted, inactive ones too, and the deals of those contents.
 * FIDELITY: export.
 */
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
 * A user's totals. v0.1.x adds up the sizes of the active contents outside aggregates, and counts all active contents,
 * deleted ones and aggregates too; since v0.2.1 both totals leave out aggregates and deleted contents. FIDELITY: stats.
 */
export async function totalsOf(resources: ResourceStore, userId: number, profile: EstuaryProfile): Promise<Stats> {
  const active = (await contentsOf(resources, userId)).filter((content) => content.active);
  const files = active.filter(({ aggregate, deletedAt }) => !aggregate && deletedAt === null);
  const summed = profile.totalsSkipAggregates ? files : active.filter(({ aggregatedIn }) => aggregatedIn === 0);
  const counted = profile.totalsSkipAggregates ? files : active;
  return { totalSize: summed.reduce((sum, { size }) => sum + size, 0), numPins: counted.length };
}

/**
 * The users who own contents that are not deleted, by id, each with the number and the size of those contents; null if
 * there are no such users. FIDELITY: users.
 */
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
