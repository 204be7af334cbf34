import { toTrimmedIso } from '../../../clock.ts';
import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { derivedUuid, firstBy, reportRepeats } from '../../../provider/seed/keys.ts';
import { cidOf } from '../contents/cids.ts';
import { contents } from '../contents/contents.ts';
import type { Content, Deal } from '../contents/schemas.ts';
import { dateOf } from './dates.ts';
import { numbered } from './ids.ts';
import type { SeedDeal } from './schemas.ts';
import type { FindUser } from './users.ts';

/** How Go writes a time that is not set. */
const noTime = '0001-01-01T00:00:00Z';

/** The deals of a seed. Their contents are among the `seeded` ones or in the world already; a missing one is reported. */
export async function readDeals(
  list: readonly SeedDeal[],
  seeded: readonly Content[],
  find: FindUser,
  context: SeedContext,
): Promise<Deal[]> {
  reportRepeats(list, 'id', ['deals'], context);
  const byId = firstBy(seeded, ({ id }) => id);
  const read = numbered(list).map(async (deal, index): Promise<Deal> => {
    const path = ['deals', index];
    const known = await context.existing.get(contents, String(deal.content));
    const content = byId.get(deal.content) ?? known?.data;
    if (content === undefined) context.report([...path, 'content'], `there is no content ${deal.content}`);
    const owner = deal.owner === undefined ? undefined : await find(deal.owner, [...path, 'owner']);
    return dealOf(deal, owner?.id ?? content?.userId ?? 0, path, context);
  });
  return Promise.all(read);
}

type DealDate = Extract<keyof SeedDeal, `${string}At` | `transfer${string}`>;

function dealOf(deal: SeedDeal & { readonly id: number }, userId: number, path: SeedPath, context: SeedContext): Deal {
  const { id } = deal;
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
    failed: deal.failed ?? false,
    verified: deal.verified ?? true,
    slashed: deal.slashed ?? false,
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
