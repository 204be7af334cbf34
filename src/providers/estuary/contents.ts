import type { ResourceStore } from '../../core/resource-store.ts';
import { resourceKind } from '../../core/resource-store.ts';
import type { EstuaryProfile } from './profiles.ts';

/** A stored file, with the fields of the export that the totals need; the rest is carried as it is. */
export interface Content {
  readonly userId: number;
  readonly size: number;
  readonly active: boolean;
  readonly aggregate: boolean;
  readonly aggregatedIn: number;
  readonly [field: string]: string | number | boolean;
}

/** A storage deal of a content. */
export interface Deal {
  readonly content: number;
  readonly user_id: number;
  readonly [field: string]: string | number | boolean | null;
}

export const contents = resourceKind<Content>('content');
export const deals = resourceKind<Deal>('deal');

const laterFields: ReadonlySet<string> = new Set(['createdAt', 'pinningStatus', 'dealStatus']);

/** A user's contents as the export shows them. */
export async function contentsOf(resources: ResourceStore, userId: number, profile: EstuaryProfile): Promise<object[]> {
  const own = await ownContents(resources, userId);
  if (profile.exportsStatuses) return own;
  return own.map((content) => Object.fromEntries(Object.entries(content).filter(([field]) => !laterFields.has(field))));
}

export async function dealsOf(resources: ResourceStore, userId: number): Promise<Deal[]> {
  const all = await resources.list(deals);
  return all.map(({ data }) => data).filter((deal) => deal.user_id === userId);
}

/** Facts, section 1.5: v0.1.x sums what lies in no aggregate and counts every active row; since v0.2.1 both leave aggregates out. */
export async function totalsOf(
  resources: ResourceStore,
  userId: number,
  profile: EstuaryProfile,
): Promise<{ totalSize: number; numPins: number }> {
  const active = (await ownContents(resources, userId)).filter((content) => content.active);
  const files = active.filter((content) => !content.aggregate);
  const summed = profile.totalsSkipAggregates ? files : active.filter((content) => content.aggregatedIn === 0);
  const counted = profile.totalsSkipAggregates ? files : active;
  return { totalSize: summed.reduce((sum, content) => sum + content.size, 0), numPins: counted.length };
}

async function ownContents(resources: ResourceStore, userId: number): Promise<Content[]> {
  const all = await resources.list(contents);
  return all.map(({ data }) => data).filter((content) => content.userId === userId);
}
