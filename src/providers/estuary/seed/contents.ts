import { toTrimmedIso } from '../../../clock.ts';
import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { derivedUuid, readInstant, reportRepeats } from '../../../provider/seed/keys.ts';
import { cidOf } from '../contents/cids.ts';
import { type Content, contents, type Deal } from '../contents/contents.ts';
import { type FindUser, numbered } from './people.ts';
import type { SeedContent, SeedDeal } from './schemas.ts';

/** How Go writes a time that is not set. */
const noTime = '0001-01-01T00:00:00Z';

const types = { unknown: 0, file: 1, directory: 2 } as const;

export async function readContents(list: readonly SeedContent[], find: FindUser, context: SeedContext): Promise<Content[]> {
  reportRepeats(list, 'id', ['contents'], context);
  const all = numbered(list);
  const read = all.map(async (seeded, index): Promise<Content> => {
    const path = ['contents', index];
    const { owner, createdAt, updatedAt, deletedAt, type = 'file', aggregatedIn = 0, ...rest } = seeded;
    const user = await find(owner, [...path, 'owner']);
    if (aggregatedIn !== 0) await checkAggregate(aggregatedIn, all, [...path, 'aggregatedIn'], context);
    const created = dateOf(createdAt, [...path, 'createdAt'], context) ?? toTrimmedIso(context.now);
    return {
      ...plainContent(seeded.id),
      ...rest,
      userId: user?.id ?? 0,
      type: types[type],
      aggregatedIn,
      createdAt: created,
      updatedAt: dateOf(updatedAt, [...path, 'updatedAt'], context) ?? created,
      deletedAt: dateOf(deletedAt, [...path, 'deletedAt'], context) ?? null,
    };
  });
  return Promise.all(read);
}

function plainContent(id: number) {
  return {
    name: `file${id}`,
    cid: cidOf('raw', `content ${id}`),
    ...{ description: '', size: 0, replication: 6, location: 'local', splitFrom: 0 },
    ...{ active: true, offloaded: false, aggregate: false, pinning: false, replace: false, failed: false, dagSplit: false },
    ...{ pinMeta: '', origins: '', pinningStatus: '', dealStatus: '' },
  };
}

async function checkAggregate(
  id: number,
  all: readonly (SeedContent & { readonly id: number })[],
  path: SeedPath,
  { existing, report }: SeedContext,
): Promise<void> {
  const found = all.find((content) => content.id === id) ?? (await existing.get(contents, String(id)))?.data;
  if (found === undefined) report(path, `there is no content ${id}`);
  else if (found.aggregate !== true) report(path, `content ${id} is no aggregate`);
}

/** Deals of contents, which are those of the seed and those that the world has already. */
export async function readDeals(
  list: readonly SeedDeal[],
  seeded: readonly Content[],
  find: FindUser,
  context: SeedContext,
): Promise<Deal[]> {
  reportRepeats(list, 'id', ['deals'], context);
  const read = numbered(list).map(async (deal, index): Promise<Deal> => {
    const path = ['deals', index];
    const known = await context.existing.get(contents, String(deal.content));
    const content = seeded.find(({ id }) => id === deal.content) ?? known?.data;
    if (content === undefined) context.report([...path, 'content'], `there is no content ${deal.content}`);
    const owner = deal.owner === undefined ? undefined : await find(deal.owner, [...path, 'owner']);
    return dealOf(deal, owner?.id ?? content?.userId ?? 0, path, context);
  });
  return Promise.all(read);
}

function dealOf(deal: SeedDeal & { readonly id: number }, userId: number, path: SeedPath, context: SeedContext): Deal {
  const { id, failed = false, verified = true, slashed = false } = deal;
  const at = (field: DealDate) => dateOf(deal[field], [...path, field], context);
  const created = at('createdAt') ?? toTrimmedIso(context.now);
  return {
    ID: id,
    CreatedAt: created,
    UpdatedAt: at('updatedAt') ?? created,
    DeletedAt: at('deletedAt') ?? null,
    content: deal.content,
    user_id: userId,
    propCid: deal.propCid ?? cidOf('dag-cbor', `deal ${id}`),
    dealUuid: deal.dealUuid ?? derivedUuid('deal', String(id)),
    miner: deal.miner ?? 'f01234',
    dealId: deal.dealId ?? 0,
    ...{ failed, verified, slashed },
    failedAt: at('failedAt') ?? noTime,
    dtChan: deal.dtChan ?? '',
    transferStarted: at('transferStarted') ?? noTime,
    transferFinished: at('transferFinished') ?? noTime,
    onChainAt: at('onChainAt') ?? noTime,
    sealedAt: at('sealedAt') ?? noTime,
    deal_protocol_version: deal.protocolVersion ?? '/fil/storage/mk/1.2.0',
    miner_version: deal.minerVersion ?? '',
  };
}

type DealDate = Extract<keyof SeedDeal, `${string}At` | `transfer${string}`>;

/** A date as the wire writes it. */
function dateOf(text: string | undefined, path: SeedPath, context: SeedContext): string | undefined {
  const instant = readInstant(text, path, context);
  return instant === undefined ? undefined : toTrimmedIso(instant);
}
