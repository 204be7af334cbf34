import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const roles: readonly BehaviourRow[] = about('Roles', [
  {
    behaviour: 'admin, member, read-only with their privileges, described as `default role`, without owner and instant',
    evidence: 'recorded',
    differs: '`EXPORT_DATA_GLOBAL` of member is in the profile 2023 alone, as in the recordings',
    test: 'roles/list-roles.test.ts > the built-in roles are admin, member, read-only, with the privileges of May 2023',
  },
  {
    behaviour: 'a list has the custom roles first, then admin, member, read-only',
    evidence: 'recorded',
    differs: 'custom ones in the order in which they were made (no order was seen)',
    test: "roles/list-roles.test.ts > the organization's own roles come first",
  },
  {
    behaviour: 'a custom role has its maker as `owner_email` and `created_by`',
    evidence: 'recorded',
    test: 'roles/create-role.test.ts > the answer is the role, and its owner is who made it',
  },
  {
    behaviour: 'privileges come back without resource and cluster (global), without cluster (integrations), else as sent',
    evidence: 'recorded',
    differs: 'a resource or cluster that an action cannot have is dropped (assumed)',
    test: 'roles/create-role.test.ts > %s has the resource %s and the cluster %s when both are sent',
  },
  {
    behaviour: 'a resource or cluster that is left out is `*ALL*`',
    evidence: 'specification',
    differs: 'it writes `*All*`; recorded values are `*ALL*`',
    test: 'roles/create-role.test.ts > a resource and a cluster that are left out or null mean everywhere',
  },
  {
    behaviour: 'the 59 actions of the specification can be given, and no others (400)',
    evidence: 'specification',
    differs: 'in every profile; the status is assumed, as is that a privilege needs an action',
    test: 'roles/create-role.test.ts > every action of the specification can be given, fifty-nine of them',
  },
  {
    behaviour: 'description and privileges are optional: null, and an empty list',
    evidence: 'specification',
    differs: 'what stands in the answer then is assumed; the name, optional there too, is required here',
    test: 'roles/create-role.test.ts > a role without privileges allows nothing, and without a description has null',
  },
  {
    behaviour: 'a name that is taken, by a built-in role too, is 400 `ALREADYEXISTS`',
    evidence: 'assumed',
    differs: 'names: any text that is not blank, up to 256 characters, case-sensitive',
    test: 'roles/create-role.test.ts > a name that is taken (%s) is a 400',
  },
  {
    behaviour: '`updateRole` replaces what is sent; `created_at` stays',
    evidence: 'recorded',
    differs: 'recorded with both fields; what is left out or null stays (assumed)',
    test: 'roles/update-role.test.ts > privileges and description are replaced; when it was made stays',
  },
  {
    behaviour: '`deleteRole` answers with the deleted role',
    evidence: 'recorded',
    differs: 'keys and users that have it keep its name (assumed)',
    test: 'roles/delete-role.test.ts > the answer is the role as it last was; then it is gone',
  },
  {
    behaviour: 'a role that is not there is 404 `Role "x" not found`, `ROLE_NOT_FOUND_NAME`',
    evidence: 'recorded',
    differs: 'recorded for reading; the same for updating and deleting (inferred)',
    test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: a role that is not there is not found, in the words that were recorded',
  },
  {
    behaviour: 'a built-in role cannot be changed or deleted: 400 `INVALIDINPUT`',
    evidence: 'assumed',
    test: 'roles/update-role.test.ts > the built-in role %s cannot be changed',
  },
]);
