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
    level: Type.Optional(Type.Integer({ minimum: 0, description: '1 upload, 2 user (default), 10 administrator' })),
    passwordHash: Type.Optional(
      Type.String({ description: 'The hash that a log-in must send; left out: `<username>-password-hash`' }),
    ),
    email: Type.Optional(Type.String({ description: 'Shown by the auth service only' })),
    flags: Type.Optional(Type.Integer({ minimum: 0, description: 'A number that the viewer shows; left out: 0' })),
    storageDisabled: Type.Optional(flag('Whether the user must not add contents, as the viewer shows')),
    address: Type.Optional(Type.String({ description: 'A Filecoin address; left out: the user has none' })),
    miners: Type.Optional(Type.Array(Type.String(), { description: 'Storage providers that the user has claimed' })),
  },
  closed,
);

export const SeedInvite = Type.Object(
  {
    code: Type.String({ minLength: 1, description: 'The code that a registration must send' }),
    createdBy: Type.Optional(userName('who made the invite; left out: unknown')),
    claimedBy: Type.Optional(userName('who has registered with it; left out: the invite is free')),
    createdAt: Type.Optional(date(startOfWorld)),
  },
  closed,
);

const whole = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

export const SeedContent = Type.Object(
  {
    owner: userName('the owner of the content'),
    id: Type.Optional(id),
    name: Type.Optional(Type.String({ description: 'The name of the file; left out: `file<id>`' })),
    cid: Type.Optional(Type.String({ description: 'Left out: derived from the id' })),
    description: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ ...whole, description: 'Bytes; left out: 0' })),
    type: Type.Optional(Words(['unknown', 'file', 'directory'], { description: 'Left out: file' })),
    active: Type.Optional(Type.Boolean({ description: 'Whether it is stored permanently; left out: yes' })),
    offloaded: Type.Optional(flag('Whether it was removed from the hot storage')),
    replication: Type.Optional(Type.Integer({ minimum: 0, description: 'The number of deals to make; left out: 6' })),
    aggregate: Type.Optional(flag('Whether it bundles other contents')),
    aggregatedIn: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The id of the aggregate that contains it; left out: none' }),
    ),
    pinning: Type.Optional(flag('Whether it is being pinned')),
    pinMeta: Type.Optional(Type.String()),
    replace: Type.Optional(flag('Whether it replaces another pin')),
    origins: Type.Optional(Type.String()),
    failed: Type.Optional(flag('Whether it could not be stored')),
    location: Type.Optional(Type.String({ description: 'Left out: `local`' })),
    dagSplit: Type.Optional(flag('Whether it was split')),
    splitFrom: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The id of the content that it was split from; left out: 0, none' }),
    ),
    pinningStatus: Type.Optional(Type.String({ description: 'Shown only in the profile v0.4' })),
    dealStatus: Type.Optional(Type.String({ description: 'Shown only in the profile v0.4' })),
    createdAt: Type.Optional(date(startOfWorld)),
    updatedAt: Type.Optional(date('Left out: the same as `createdAt`')),
    deletedAt: Type.Optional(date('Left out: it is not deleted')),
  },
  closed,
);

export const SeedDeal = Type.Object(
  {
    content: Type.Integer({ minimum: 1, description: 'The id of a content' }),
    owner: Type.Optional(userName('who made the deal; left out: the owner of the content')),
    id: Type.Optional(id),
    miner: Type.Optional(Type.String({ description: 'The address of the storage provider; left out: `f01234`' })),
    dealId: Type.Optional(Type.Integer({ ...whole, description: 'The id on the chain; left out: 0, none yet' })),
    propCid: Type.Optional(Type.String({ description: 'Left out: derived from the id' })),
    dealUuid: Type.Optional(Type.String({ description: 'Left out: derived from the id' })),
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
    updatedAt: Type.Optional(date('Left out: the same as `createdAt`')),
    deletedAt: Type.Optional(date('Left out: it is not deleted')),
  },
  closed,
);

export const SeedKey = Type.Object(
  {
    owner: userName('the user that the key acts as'),
    name: Type.Optional(Type.String({ description: 'The label' })),
    secret: Type.Optional(Type.String({ minLength: 1, description: 'The token, of any shape; left out: a generated one' })),
    perms: Type.Optional(Words(['all', 'upload'], { description: 'Left out: all' })),
    session: Type.Optional(flag('Whether a log-in made it')),
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
