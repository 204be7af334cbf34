import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Organizations', [
    {
      behaviour: '`GET /` answers `GO ROCKSET!` without a key',
      evidence: 'recorded',
      test: 'accounts/organizations/organization.test.ts > the ping needs no key, also below the prefix',
    },
    {
      behaviour: 'the answer to `getOrganization` is wrapped, and has more fields than the specification, among them `clusters`',
      evidence: 'recorded',
      differs: 'here one cluster',
      test: 'accounts/organizations/organization.test.ts > the organization is wrapped, with the fifteen fields of May 2023 in wire order',
    },
    {
      behaviour:
        'an organization had 15 fields in May 2023, 17 in August 2023 (also `sso_connection`, `sso_only`) and 19 in March 2024 (also `general_purpose_instance_class_allowed`, `use_zstd_compression_default`, both false, never null)',
      evidence: 'recorded',
      differs: 'the profile 2023 is the server of March 2024; `sso_connection` and `sso_only` are null (assumed)',
      test: 'profiles.test.ts > an organization has nineteen fields and its clusters fifteen; a membership has it in full, or else only its id',
    },
    {
      behaviour:
        'a cluster had 13 fields in 2023 and 15 in March 2024: also `use_cluster_db_for_qls` (true) and `encryption_key` (null); its `private_link_url` is `privatelink.<region>.rockset.com`, never null',
      evidence: 'recorded',
      differs: 'that the two later fields are the last ones is assumed',
      test: 'profiles.test.ts > an organization has nineteen fields and its clusters fifteen; a membership has it in full, or else only its id',
    },
    {
      behaviour: 'the API cannot create, change or delete an organization',
      evidence: 'specification',
      differs: 'a seed creates organizations, each with its edition',
      test: 'seed/seed-file.test.ts > one of them is below the premium edition, and its keys cannot expire',
    },
  ]),
  ...about('Users', [
    {
      behaviour: 'a user always has all thirteen fields (the specification has six)',
      evidence: 'recorded',
      test: 'accounts/users/get-current-user.test.ts > the user is not wrapped, and all thirteen fields are there in wire order',
    },
    {
      behaviour: 'the answers to `getCurrentUser`, `getUser` and `updateUser` are not wrapped; other answers are',
      evidence: 'recorded',
      test: 'recorded-sequences.test.ts > ping, organization and users get answers of the recorded shape',
    },
    {
      behaviour: 'only `getCurrentUser` has `orgs`: all organizations of the user, with a membership for each',
      evidence: 'recorded',
      test: 'seed/seed-file.test.ts > a member of two organizations sees both, and has in each the rights given there',
    },
    {
      behaviour:
        'elsewhere `orgs` is null, and the organization of the single membership has only its `id`, and empty `clusters`',
      evidence: 'recorded',
      differs: 'in the profile 2023 it also has the two fields that are never null (inferred)',
      test: "accounts/users/list-users.test.ts > the users are wrapped, and their organizations have only the id, also in the principal's own entry",
    },
    {
      behaviour:
        'the answers to an invitation and to `getCurrentUser` show the organization of a membership in full, but `rockset_user` and `currency_code` are null',
      evidence: 'recorded',
      differs: 'alike in May 2023, August 2023 and March 2024, so in every profile',
      test: 'accounts/users/create-user.test.ts > the answer shows the organization of the membership in full',
    },
    {
      behaviour: 'lists are sorted by address in byte order (`+` before `@`)',
      evidence: 'recorded',
      test: 'accounts/users/list-users.test.ts > they are sorted by address in byte order, not in the order of creation',
    },
    {
      behaviour: 'an invited user is NEW and PENDING, for a day, without a name; the address is stored in lower case',
      evidence: 'recorded',
      differs: 'here an invitation does not expire and cannot be accepted; a seed can have users who have accepted',
      test: 'accounts/users/create-user.test.ts > an invited user is NEW, PENDING for a day, without a name; the address is stored in lower case',
    },
    {
      behaviour: 'an invitation without a role is answered with 500',
      evidence: 'client-proven',
      differs: 'known from a comment in the terraform provider; the body is assumed',
      test: 'accounts/users/create-user.test.ts > without a role (%j) it is a 500, as terraform notes',
    },
    {
      behaviour:
        'an address that a user of the organization has already is 400 `ALREADYEXISTS`, a malformed address 400 `INVALIDINPUT`',
      evidence: 'assumed',
      differs: 'addresses are unique within an organization; a member of two organizations is a user of each',
      test: 'accounts/users/create-user.test.ts > a user who is in the organization already is a 400, in any case of the address',
    },
    {
      behaviour: '`updateUser` changes roles at once; names stay null as long as the invitation is pending',
      evidence: 'recorded',
      differs: 'after that names change; an empty list of roles is 400 (assumed)',
      test: 'accounts/users/update-user.test.ts > the answer is the user, not wrapped, with the new roles; names stay null until the invitation is accepted',
    },
    {
      behaviour: '`deleteUser` answers with the address, and null in every other field',
      evidence: 'recorded',
      test: 'accounts/users/delete-user.test.ts > the answer has the address, and every other field null',
    },
    {
      behaviour: 'the keys and id tokens of a deleted user are revoked, and stay so after a new invitation to the same address',
      evidence: 'assumed',
      test: 'accounts/users/delete-user.test.ts > after a new invitation to the same address the old keys stay refused, and the user has none',
    },
    {
      behaviour: 'users may delete themselves, even the last administrator',
      evidence: 'assumed',
      test: 'accounts/users/delete-user.test.ts > the keys of other users stay, and a user may delete itself',
    },
  ]),
];
