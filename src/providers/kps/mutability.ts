import { type Mutability, namedOrFirst } from '../../provider/mutability.ts';
import { users } from './accounts/users/users.ts';
import { tokenTypeOf } from './keys/token-types.ts';

/** What can go wrong on purpose: a token does what its user may, and names its tenant itself. */
export const mutability: Mutability = {
  notApplicable: {
    'ignore-tenant': 'the token says which tenant it is of',
    'ignore-owner': "others' tokens are not found, whatever a user may do",
    'widen-grants': 'a token has no grants of its own',
  },
  async administrator(keys, resources) {
    const admin = await resources.getByName(users, 'admin@example.com');
    if (admin === undefined) return undefined;
    const tokens = await keys.find({ tenant: admin.tenant, owner: admin.id });
    return namedOrFirst(
      tokens.filter((key) => tokenTypeOf(key) === 'api'),
      'admin',
    );
  },
  widen: () => undefined,
};
