import { contents, deals } from '../../../../src/providers/estuary/contents/contents.ts';
import type { Content, Deal } from '../../../../src/providers/estuary/contents/schemas.ts';
import type { TestEmulator } from '../../emulator.ts';

/** Ids of the seeded users. */
export const aliceId = 2;
export const bobId = 3;

const noTime = '0001-01-01T00:00:00Z';
const written = '2022-10-25T22:26:07.123456Z';

/** An active content of alice outside aggregates, with its fields in another order than on the wire. */
export function content(id: number, changes: Partial<Content> = {}): Content {
  return {
    deletedAt: null,
    dealStatus: '',
    pinningStatus: '',
    id,
    createdAt: written,
    updatedAt: written,
    cid: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy',
    name: `file${id}.txt`,
    userId: aliceId,
    description: '',
    size: 100,
    type: 1,
    active: true,
    offloaded: false,
    replication: 6,
    aggregatedIn: 0,
    aggregate: false,
    pinning: false,
    pinMeta: '',
    replace: false,
    origins: '',
    failed: false,
    location: 'local',
    dagSplit: false,
    splitFrom: 0,
    ...changes,
  };
}

/** A deal of the content with the id `of`. */
export function deal(id: number, of: number, changes: Partial<Deal> = {}): Deal {
  return {
    miner_version: '',
    ID: id,
    CreatedAt: written,
    UpdatedAt: written,
    DeletedAt: null,
    content: of,
    user_id: aliceId,
    propCid: 'bafyreigdwjlbdcxyhbgzdcvpcn3lmrnwzbbhhqzdfyk5uljvpfkiyoqfsq',
    dealUuid: '7ca4c0c1-9f0a-4f0e-8f5c-0a8f6f1f6a4e',
    miner: 'f01234',
    dealId: 777,
    failed: false,
    verified: true,
    slashed: false,
    failedAt: noTime,
    dtChan: '',
    transferStarted: noTime,
    transferFinished: noTime,
    onChainAt: written,
    sealedAt: noTime,
    deal_protocol_version: '/fil/storage/mk/1.2.0',
    ...changes,
  };
}

/** Puts contents into the world, as uploads to the real server would. */
export async function storeContents({ world }: TestEmulator, ...stored: Content[]): Promise<void> {
  for (const data of stored) {
    await world.resources('estuary').put(contents, { id: String(data.id), tenant: 'estuary', name: null, createdAt: 0, data });
  }
}

/** Puts deals into the world. */
export async function storeDeals({ world }: TestEmulator, ...stored: Deal[]): Promise<void> {
  for (const data of stored) {
    await world.resources('estuary').put(deals, { id: String(data.ID), tenant: 'estuary', name: null, createdAt: 0, data });
  }
}
