import { type Mutability, namedOrFirst } from '../../provider/mutability.ts';
import { users } from './accounts/users/users.ts';

const noSuspension = 'its API cannot suspend a key';

/** What can go wrong on purpose: keys are full or upload-only, and everybody sees their own alone. */
export const mutability: Mutability = {
  notApplicable: {
    'accept-suspended': noSuspension,
    'ignore-tenant': 'it has no organisations',
    'ignore-owner': "others' keys are not found, whatever a key may do",
    'ignore-suspend': noSuspension,
  },
  async administrator(keys, resources) {
    const admin = await resources.getByName(users, 'admin');
    return admin && namedOrFirst(await keys.find({ owner: admin.id, kind: 'key' }), 'admin');
  },
  widen: ({ grants }) => (grants?.scopes?.includes('upload') ? {} : undefined),
};
