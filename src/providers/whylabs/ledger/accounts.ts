import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Organisations', [
    {
      behaviour: 'a new id is `org-` and six letters or digits, none of `01ilIoO`',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > a name is enough: the id has six letters and digits that cannot be mistaken, the rest is empty or left out',
    },
    {
      behaviour: 'an `override_id` is `org-` and letters or digits',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > an id of %j is not of an organisation',
    },
    {
      behaviour: 'an `override_id` that is or was taken: 500',
      evidence: 'inferred',
      differs: 'the failed condition of the store is not handled otherwise',
      test: 'accounts/organizations/create-organization.test.ts > an id that is taken is a failure of the store, and the organisation stays as it was',
    },
    {
      behaviour: 'nobody looks for the parent',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > nobody asks whether a parent is there, and names may be empty and repeat',
    },
    {
      behaviour: '`useCloudFront` is true where the server chooses the id, else as asked for',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > where the server chooses the id it chooses CloudFront too; else it is as asked for, or not said',
    },
    {
      behaviour: 'only `GET …/{org_id}` has the time of creation (a number), `deleted` and `useCloudFront`',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > has the time of creation as a number, and whether the organisation pays',
    },
    {
      behaviour: '`paidTier` ends it',
      evidence: 'inferred',
      differs: 'the name of a method makes the serialiser take it for a property',
      test: 'accounts/organizations/organizations.test.ts > an organisation of tier %s pays',
    },
    {
      behaviour: 'an update keeps what was not sent, and sets the time of creation to now',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > changes what is sent and leaves the rest, but for the time of creation, which is now',
    },
    {
      behaviour:
        'deleting is a mark and ends the memberships; a deleted organisation is not found, in other words than one that never was',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > the words for one that never was are not those for one that is gone',
    },
    {
      behaviour: 'a change of tier counts at once',
      evidence: 'server source',
      differs: 'the real server caches organisations for 5 minutes, but not where it makes keys',
      test: 'accounts/organizations/organizations.test.ts > lifts the limit of keys from the next creation on',
    },
    {
      behaviour: '`storage_bucket_override` and `storage_uri_override` are overlooked',
      evidence: 'assumed',
      differs: 'they say where data is kept, which is not emulated',
      test: 'accounts/organizations/create-organization.test.ts > everything that is asked for is there, in wire order, except how memberships are managed',
    },
  ]),
  ...about('Users', [
    {
      behaviour:
        'the id is `user-` and the SHA-256 of the address and a fixed text, as a number in hex; addresses are kept in small letters',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an id is a number in hex: zeros at its front are left out',
    },
    {
      behaviour: 'an address can be created once',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an address that somebody has, however it is written, exists',
    },
    {
      behaviour: 'an address that somebody gave up still makes the same id, which exists',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an address that somebody gave up still makes the same id, which exists',
    },
    {
      behaviour: 'what is no address is refused with the name of the parameter, after the look for a twin',
      evidence: 'server source',
      differs: 'the form is checked by rules like those of Apache Commons, without its list of top-level domains',
      test: 'accounts/users/users.test.ts > %j is no address, and the parameter is named',
    },
    {
      behaviour: 'unknown: 404 with the domain of the address',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for',
    },
    {
      behaviour: 'an update replaces address and preferences, checks neither, and keeps capitals, by which nobody is found',
      evidence: 'server source',
      differs: 'of two who share an address, the one who was created first is found: no order there',
      test: 'accounts/users/users.test.ts > an address is kept as it is sent: with capitals nobody is found by it, and two may have one',
    },
    {
      behaviour: 'an update of nobody: 500',
      evidence: 'inferred',
      test: 'accounts/users/users.test.ts > a user who is not there is a failure of the store',
    },
  ]),
  ...about('Memberships', [
    {
      behaviour: 'order of checks: organisation, managed elsewhere, domain, user, limit, member',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > the organisation is looked for before the user, and the domain is looked at between the two',
    },
    {
      behaviour: '25 members on the free tier, of any domain; others any number, of their domains',
      evidence: 'server source',
      differs: 'checked with the insertion',
      test: 'accounts/memberships/memberships.test.ts > the free tier has 25 members at most, others any number',
    },
    {
      behaviour: 'a new default leaves the old one, and the end of a default makes no other: the rules for it match nothing',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > a new default leaves the old one as it was: the clean-up of the real server matches nothing',
    },
    {
      behaviour: 'the default is the one that is marked, else that of the lowest organisation id, else `{}`',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none',
    },
    {
      behaviour: 'organisations that allow managed updates only are closed to `/v0/membership`, not to `…/{org_id}/membership`',
      evidence: 'server source',
      test: 'accounts/memberships/organization-memberships.test.ts > members are managed here even where `/v0/membership` leaves them alone',
    },
    {
      behaviour: 'by `…/{org_id}/membership`, changing and ending do not look for the organisation',
      evidence: 'server source',
      test: 'accounts/memberships/organization-memberships.test.ts > an organisation that is not there is looked for by two of the four',
    },
    {
      behaviour: 'ending one by `…/{org_id}/membership` is answered 200 without a body',
      evidence: 'inferred',
      differs: 'the specification says an empty object',
      test: 'accounts/memberships/organization-memberships.test.ts > DELETE ends a membership, and says nothing',
    },
    {
      behaviour: 'lists are in the order of creation; `include_claims` makes no difference',
      evidence: 'assumed',
      differs: 'no order there; memberships by SAML claims are not emulated',
      test: 'accounts/memberships/memberships.test.ts > of a user: by id or address; nobody is known to have none',
    },
  ]),
  ...about('Signing up and models', [
    {
      behaviour: 'one call makes user, organisation, `ADMIN` membership (the default one) and a daily model',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > makes a user, an organisation of theirs, their membership and a model, all in one',
    },
    {
      behaviour: 'an address that is taken 400, unless `expectExisting` is true or null; that it is free 400 if it is true',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > an address that somebody has is refused, unless that was expected',
    },
    {
      behaviour: 'nobody looks at the form of the address',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > nobody looks at the form of an address',
    },
    {
      behaviour: 'models are listed with these fields, inactive ones left out',
      evidence: 'server source',
      differs: 'in the order of creation; no order there',
      test: 'seed/seed-file.test.ts > has models, those that were deleted left out',
    },
    {
      behaviour: 'models of an organisation that never was 404, of a deleted one 200',
      evidence: 'server source',
      test: 'models/list-models.test.ts > an organisation that never was is not found, and whoever may not look is told nothing of it',
    },
  ]),
  ...about('Seed', [
    {
      behaviour: 'organisation `0`; `org-123` on the free tier, so that its limit can be met, with an administrator and a member',
      evidence: 'assumed',
      test: 'seed/built-in-seed.test.ts > the seeded credentials are the three of the contract, in the shape of real keys, and work',
    },
  ]),
];
