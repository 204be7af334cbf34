import { type Static, Type } from 'typebox';

export const Viewer = Type.Object({
  username: Type.String(),
  perms: Type.Integer(),
  id: Type.Integer(),
  address: Type.String({ description: 'The text <empty> where none is set' }),
  miners: Type.Optional(Type.Array(Type.String())),
  auth_expiry: Type.String({ format: 'date-time' }),
  settings: Type.Object({
    replication: Type.Integer(),
    verified: Type.Boolean(),
    dealDuration: Type.Integer(),
    maxStagingWait: Type.Optional(Type.Integer()),
    fileStagingThreshold: Type.Integer(),
    contentAddingDisabled: Type.Boolean(),
    dealMakingDisabled: Type.Boolean(),
    uploadEndpoints: Type.Array(Type.String()),
    flags: Type.Integer(),
  }),
});
export type Viewer = Static<typeof Viewer>;
