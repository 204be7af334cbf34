import { goOn } from '../../core/at-once.ts';
import { type Mutability, namedOrFirst } from '../../provider/mutability.ts';
import { superAdminOrg } from './keys/scopes.ts';

const noSuspension = 'its API cannot suspend a key';
const widest = ':administrator';

/** What can go wrong on purpose: a key has scopes, and belongs to an organisation. */
export const mutability: Mutability = {
  notApplicable: {
    'accept-suspended': noSuspension,
    'ignore-suspend': noSuspension,
    'accept-other-provider': "no other provider's keys have the form of its own",
  },
  administrator: (keys) =>
    goOn(keys.find({ tenant: superAdminOrg, owner: 'user-system', kind: 'key' }), (found) => namedOrFirst(found, 'system')),
  widen({ tenant, grants: { scopes = [], ...grants } = {} }) {
    // Keys of its own organisation have this scope in any case.
    const isWide = tenant === superAdminOrg || scopes.includes(widest);
    return isWide ? undefined : { ...grants, scopes: [...scopes, widest] };
  },
};
