import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Organizations', [
    {
      behaviour: 'GET `/`: `GO ROCKSET!` without a key',
      evidence: 'recorded',
      test: 'accounts/organizations/organization.test.ts > the ping needs no key, and is below the prefix too',
    },
    {
      behaviour: '`getOrganization`: wrapped, more fields than the specification has, clusters among them',
      evidence: 'recorded',
      differs: 'one cluster; values of the later fields are unknown and null',
      test: 'accounts/organizations/organization.test.ts > the organization is wrapped, with the fifteen fields of May 2023 in wire order',
    },
    {
      behaviour: 'an organization cannot be made, changed or deleted by the API',
      evidence: 'specification',
      differs: 'a seed makes them, with an edition each',
      test: 'seed/seed-file.test.ts > beside acme there is one below the premium edition, whose keys cannot expire',
    },
  ]),
  ...about('Users', [
    {
      behaviour: 'a user has thirteen fields, always all (the specification has six)',
      evidence: 'recorded',
      test: 'accounts/organizations/organization.test.ts > the user is not wrapped, and all thirteen fields are there in wire order',
    },
    {
      behaviour: 'the answers to `getCurrentUser`, `getUser` and `updateUser` are not wrapped; the others are',
      evidence: 'recorded',
      test: 'recorded-sequences.test.ts > ping, organization and users get answers of the recorded shape',
    },
    {
      behaviour: '`getCurrentUser` alone has `orgs`: every organization that one belongs to, with a membership for each',
      evidence: 'recorded',
      test: 'seed/seed-file.test.ts > somebody of two organizations sees both, and has in each the rights of that one',
    },
    {
      behaviour: 'elsewhere `orgs` is null, and the one membership names its organization by `id` alone, `clusters` empty',
      evidence: 'recorded',
      test: 'accounts/users/list-users.test.ts > the users are wrapped; of their organizations there is only the id, oneself not excepted',
    },
    {
      behaviour: 'the answer to an invitation shows the organization of the membership in full',
      evidence: 'recorded',
      differs: 'May 2023; in the profile 2023 by `id` alone, as in the other recordings of 2024 (assumed)',
      test: 'accounts/users/create-user.test.ts > this answer alone shows the organization of the membership in full',
    },
    {
      behaviour: 'lists come by address in byte order (`+` before `@`)',
      evidence: 'recorded',
      test: 'accounts/users/list-users.test.ts > they come by address in byte order, whatever order they were made in',
    },
    {
      behaviour: 'who is invited is NEW and PENDING, for a day, without a name; the address is stored in lower case',
      evidence: 'recorded',
      differs: 'an invitation does not run out here, and nobody can accept one: a seed has users who did',
      test: 'accounts/users/create-user.test.ts > who is invited is NEW, PENDING for a day, without a name; the address is stored in lower case',
    },
    {
      behaviour: 'an invitation without a role is a 500',
      evidence: 'client-proven',
      differs: 'a comment in the terraform provider says so; the body is assumed',
      test: 'accounts/users/create-user.test.ts > without a role (%j) it is a 500, as terraform notes',
    },
    {
      behaviour: 'somebody who is there already is 400 `ALREADYEXISTS`, what is no address 400 `INVALIDINPUT`',
      evidence: 'assumed',
      differs: 'unique in an organization; who belongs to two is somebody of each',
      test: 'accounts/users/create-user.test.ts > somebody who is there already is a 400, in any case of the address',
    },
    {
      behaviour: '`updateUser` changes roles at once; names stay null as long as the invitation is pending',
      evidence: 'recorded',
      differs: 'names of who has accepted are changed; an empty list of roles is 400 (assumed)',
      test: 'accounts/users/update-user.test.ts > the answer is the user, not wrapped, with the new roles; names are not taken before the invitation is',
    },
    {
      behaviour: '`deleteUser` answers with the address, every other field null',
      evidence: 'recorded',
      test: 'accounts/users/delete-user.test.ts > the answer has the address, and every other field null',
    },
    {
      behaviour: "a deleted user's keys and id tokens go too, and do not come back with an invitation to the same address",
      evidence: 'assumed',
      test: 'accounts/users/delete-user.test.ts > the same address invited again is somebody without keys: the old ones stay refused',
    },
    {
      behaviour: 'one may delete oneself, the last administrator too',
      evidence: 'assumed',
      test: "accounts/users/delete-user.test.ts > other users' keys are not touched, and one may delete oneself",
    },
  ]),
];
