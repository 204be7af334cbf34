import { type Static, Type } from 'typebox';
import { Words } from '../../../provider/schemas.ts';
import { seedLife } from '../../../provider/seed/keys.ts';

const closed = { additionalProperties: false };
const id = Type.Integer({ minimum: 1, description: 'Left out: one more than the highest' });
const userName = (description: string) => Type.String({ description: `A user name: ${description}` });
const date = (description: string) => Type.String({ format: 'date-time', description });
const startOfWorld = "Left out: the world's start";
const flag = (description: string) => Type.Boolean({ description: `${description}; left out: no` });

export const SeedUser = Type.Object(
  {
    username: Type.String({ minLength: 1, description: 'Stored in lower case, as a registration does' }),
    id: Type.Optional(id),
    level: Type.Optional(Type.Integer({ minimum: 0, description: '1 upload, 2 user (default), 10 admin' })),
    passwordHash: Type.Optional(Type.String({ description: 'What a log-in must send; left out: `<username>-password-hash`' })),
    email: Type.Optional(Type.String({ description: 'Shown by the auth service alone' })),
    flags: Type.Optional(Type.Integer({ minimum: 0, description: 'A number that the viewer shows; left out: 0' })),
    storageDisabled: Type.Optional(flag('Whether the user may add no content, as the viewer says')),
    address: Type.Optional(Type.String({ description: 'A Filecoin address; left out: none' })),
    miners: Type.Optional(Type.Array(Type.String(), { description: 'Storage providers that the user has claimed' })),
  },
  closed,
);

export const SeedInvite = Type.Object(
  {
    code: Type.String({ minLength: 1, description: 'What a registration must send' }),
    createdBy: Type.Optional(userName('who made it; left out: nobody who is known any more')),
    claimedBy: Type.Optional(userName('who has registered with it; left out: it is free')),
    createdAt: Type.Optional(date(startOfWorld)),
  },
  closed,
);

const whole = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

export const SeedContent = Type.Object(
  {
    owner: userName('whose file it is'),
    id: Type.Optional(id),
    name: Type.Optional(Type.String({ description: 'The name of the file; left out: `file<id>`' })),
    cid: Type.Optional(Type.String({ description: 'Left out: one that follows from the id' })),
    description: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ ...whole, description: 'Bytes; left out: 0' })),
    type: Type.Optional(Words(['unknown', 'file', 'directory'], { description: 'Left out: file' })),
    active: Type.Optional(Type.Boolean({ description: 'Whether it is stored for good; left out: yes' })),
    offloaded: Type.Optional(flag('Whether it is off the hot storage')),
    replication: Type.Optional(Type.Integer({ minimum: 0, description: 'How many deals are wanted; left out: 6' })),
    aggregate: Type.Optional(flag('Whether it bundles other contents')),
    aggregatedIn: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The id of the aggregate that it lies in; left out: none' }),
    ),
    pinning: Type.Optional(flag('Whether it is being pinned')),
    pinMeta: Type.Optional(Type.String()),
    replace: Type.Optional(flag('Whether it replaces another pin')),
    origins: Type.Optional(Type.String()),
    failed: Type.Optional(flag('Whether it could not be stored')),
    location: Type.Optional(Type.String({ description: 'Left out: `local`' })),
    dagSplit: Type.Optional(flag('Whether it was split')),
    splitFrom: Type.Optional(Type.Integer({ minimum: 0, description: 'The id of what it was split from; left out: 0, nothing' })),
    pinningStatus: Type.Optional(Type.String({ description: 'Shown in the profile v0.4 alone' })),
    dealStatus: Type.Optional(Type.String({ description: 'Shown in the profile v0.4 alone' })),
    createdAt: Type.Optional(date(startOfWorld)),
    updatedAt: Type.Optional(date('Left out: as createdAt')),
    deletedAt: Type.Optional(date('Left out: it is not deleted')),
  },
  closed,
);

export const SeedDeal = Type.Object(
  {
    content: Type.Integer({ minimum: 1, description: 'The id of a content' }),
    owner: Type.Optional(userName('who made the deal; left out: whose content it is')),
    id: Type.Optional(id),
    miner: Type.Optional(Type.String({ description: 'The address of the storage provider; left out: `f01234`' })),
    dealId: Type.Optional(Type.Integer({ ...whole, description: 'The id on the chain; left out: 0, none yet' })),
    propCid: Type.Optional(Type.String({ description: 'Left out: one that follows from the id' })),
    dealUuid: Type.Optional(Type.String({ description: 'Left out: one that follows from the id' })),
    failed: Type.Optional(flag('Whether it failed')),
    verified: Type.Optional(Type.Boolean({ description: 'Whether it is a verified deal; left out: yes' })),
    slashed: Type.Optional(flag('Whether the provider was slashed')),
    dtChan: Type.Optional(Type.String({ description: 'The data transfer channel' })),
    protocolVersion: Type.Optional(Type.String({ description: 'Left out: `/fil/storage/mk/1.2.0`' })),
    minerVersion: Type.Optional(Type.String()),
    failedAt: Type.Optional(date('Left out: never')),
    transferStarted: Type.Optional(date('Left out: never')),
    transferFinished: Type.Optional(date('Left out: never')),
    onChainAt: Type.Optional(date('Left out: never')),
    sealedAt: Type.Optional(date('Left out: never')),
    createdAt: Type.Optional(date(startOfWorld)),
    updatedAt: Type.Optional(date('Left out: as createdAt')),
    deletedAt: Type.Optional(date('Left out: it is not deleted')),
  },
  closed,
);

export const SeedKey = Type.Object(
  {
    owner: userName('who acts with it'),
    name: Type.Optional(Type.String({ description: 'The label' })),
    secret: Type.Optional(Type.String({ minLength: 1, description: 'The token, of any shape; left out: one is made' })),
    perms: Type.Optional(Words(['all', 'upload'], { description: 'Left out: all' })),
    session: Type.Optional(flag('As made by a log-in')),
    ...seedLife,
  },
  closed,
);

export const SeedSection = Type.Object(
  {
    users: Type.Optional(Type.Array(SeedUser)),
    invites: Type.Optional(Type.Array(SeedInvite)),
    contents: Type.Optional(Type.Array(SeedContent)),
    deals: Type.Optional(Type.Array(SeedDeal)),
    keys: Type.Optional(Type.Array(SeedKey)),
  },
  { ...closed, title: 'EstuarySeed' },
);

export type SeedSection = Static<typeof SeedSection>;
export type SeedUser = Static<typeof SeedUser>;
export type SeedInvite = Static<typeof SeedInvite>;
export type SeedContent = Static<typeof SeedContent>;
export type SeedDeal = Static<typeof SeedDeal>;
export type SeedKey = Static<typeof SeedKey>;
