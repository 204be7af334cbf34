import { toTrimmedIso } from '../../../clock.ts';
import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { firstBy, reportRepeats } from '../../../provider/seed/keys.ts';
import { cidOf } from '../contents/cids.ts';
import { contents } from '../contents/contents.ts';
import type { Content } from '../contents/schemas.ts';
import { dateOf } from './dates.ts';
import { numbered } from './ids.ts';
import type { SeedContent } from './schemas.ts';
import type { FindUser } from './users.ts';

const types = { unknown: 0, file: 1, directory: 2 } as const;

/** The contents of a seed. An unknown owner, and an aggregate that is missing or is not one, are reported. */
export async function readContents(list: readonly SeedContent[], find: FindUser, context: SeedContext): Promise<Content[]> {
  reportRepeats(list, 'id', ['contents'], context);
  const all = numbered(list);
  const byId = firstBy(all, ({ id }) => id);
  const read = all.map(async (seeded, index): Promise<Content> => {
    const path = ['contents', index];
    const { owner, createdAt, updatedAt, deletedAt, type = 'file', aggregatedIn = 0, ...rest } = seeded;
    const user = await find(owner, [...path, 'owner']);
    if (aggregatedIn !== 0) await checkAggregate(aggregatedIn, byId, [...path, 'aggregatedIn'], context);
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

/** The values of the fields that a seed leaves out. */
function plainContent(id: number) {
  return {
    name: `file${id}`,
    cid: cidOf('raw', `content ${id}`),
    description: '',
    size: 0,
    active: true,
    offloaded: false,
    replication: 6,
    aggregate: false,
    pinning: false,
    pinMeta: '',
    replace: false,
    origins: '',
    failed: false,
    location: 'local',
    dagSplit: false,
    splitFrom: 0,
    pinningStatus: '',
    dealStatus: '',
  };
}

async function checkAggregate(
  id: number,
  byId: ReadonlyMap<number, SeedContent>,
  path: SeedPath,
  { existing, report }: SeedContext,
): Promise<void> {
  const found = byId.get(id) ?? (await existing.get(contents, String(id)))?.data;
  if (found === undefined) report(path, `there is no content ${id}`);
  else if (found.aggregate !== true) report(path, `content ${id} is not an aggregate`);
}
