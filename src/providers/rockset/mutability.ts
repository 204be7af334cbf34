import { type Mutability, namedOrFirst } from '../../provider/mutability.ts';
import { findUser } from './accounts/users/users.ts';
import { actions, grants } from './roles/actions.ts';
import { actionsOf } from './roles/role-lookup.ts';

/** What can go wrong on purpose: a key has roles of its owner, who belongs to the one organisation that paths mean. */
export const mutability: Mutability = {
  notApplicable: { 'ignore-tenant': 'its paths say self instead of an organisation' },
  async administrator(keys, resources) {
    const key = namedOrFirst(await keys.find({ owner: 'admin@me.com', kind: 'key' }), 'admin');
    return key && (await findUser(resources, key.tenant, key.owner)) && key;
  },
  async widen({ tenant, owner, grants: { roles, ...others } = {} }, resources) {
    const user = await findUser(resources, tenant, owner);
    if (roles === undefined || user === undefined) return undefined;
    const ofKey = await actionsOf(resources, tenant, roles);
    const ofUser = await actionsOf(resources, tenant, user.data.roles);
    return actions.some((action) => grants(ofUser, action) && !grants(ofKey, action)) ? others : undefined;
  },
};
