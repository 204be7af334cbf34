import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const roles: readonly BehaviourRow[] = about('Roles', [
  {
    behaviour: 'the built-in roles are admin, member and read-only, described as `default role`, without owner and creation time',
    evidence: 'recorded',
    differs: 'member has `EXPORT_DATA_GLOBAL` only in the profile 2023, as in the recordings',
    test: 'roles/list-roles.test.ts > the built-in roles are admin, member, read-only, with the privileges of May 2023',
  },
  {
    behaviour: 'a list has first the custom roles, then admin, member and read-only',
    evidence: 'recorded',
    differs: 'custom roles are in the order of their creation (the real order is unknown)',
    test: 'roles/list-roles.test.ts > custom roles come first',
  },
  {
    behaviour: 'a custom role has the user who created it as `owner_email` and `created_by`',
    evidence: 'recorded',
    test: 'roles/create-role.test.ts > the answer is the role, owned by the user who created it',
  },
  {
    behaviour:
      'privileges are returned without resource and cluster (global), without cluster (integrations), and otherwise as sent',
    evidence: 'recorded',
    differs: 'a resource or cluster that an action cannot have is dropped (assumed)',
    test: 'roles/create-role.test.ts > %s has the resource %s and the cluster %s when both are sent',
  },
  {
    behaviour: 'a resource or cluster that is left out becomes `*ALL*`',
    evidence: 'specification',
    differs: 'the specification has `*All*`; the recorded values are `*ALL*`',
    test: 'roles/create-role.test.ts > a resource and a cluster that are left out or null mean everywhere',
  },
  {
    behaviour: 'only the 59 actions of the specification are accepted; any other is 400',
    evidence: 'specification',
    differs: 'the same in every profile; the status is assumed, and so is that a privilege needs an action',
    test: 'roles/create-role.test.ts > all fifty-nine actions of the specification are accepted',
  },
  {
    behaviour: 'description and privileges are optional: if left out, they are null and an empty list',
    evidence: 'specification',
    differs: 'the values in the answer are assumed; the name is optional in the specification, but required here',
    test: 'roles/create-role.test.ts > a role without privileges allows nothing; a description that is left out is null',
  },
  {
    behaviour: 'the name of another role, built-in or custom, is 400 `ALREADYEXISTS`',
    evidence: 'assumed',
    differs: 'a name is any text that is not blank, up to 256 characters, case-sensitive',
    test: 'roles/create-role.test.ts > a name that is taken (%s) is a 400',
  },
  {
    behaviour: '`updateRole` replaces the fields that are sent; `created_at` stays',
    evidence: 'recorded',
    differs: 'recorded with both fields; a field that is left out or null stays (assumed)',
    test: 'roles/update-role.test.ts > privileges and description are replaced, and created_at stays',
  },
  {
    behaviour: '`deleteRole` answers with the deleted role',
    evidence: 'recorded',
    differs: 'keys and users that have the role keep its name (assumed)',
    test: 'roles/delete-role.test.ts > the answer is the role in its last state, and then the role is unknown',
  },
  {
    behaviour: 'an unknown role is 404 `Role "x" not found`, `ROLE_NOT_FOUND_NAME`',
    evidence: 'recorded',
    differs: 'recorded for reading a role; inferred for updating and deleting',
    test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: an unknown role is refused in the recorded words',
  },
  {
    behaviour: 'a built-in role cannot be changed or deleted: 400 `INVALIDINPUT`',
    evidence: 'assumed',
    test: 'roles/update-role.test.ts > the built-in role %s cannot be changed',
  },
]);
