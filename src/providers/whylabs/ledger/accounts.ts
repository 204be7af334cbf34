import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const accounts: readonly BehaviourRow[] = [
  ...about('Organisations', [
    {
      behaviour: 'a new id is `org-` and six letters or digits, without `01ilIoO`',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > a name is enough: the id has six letters and digits that do not look alike, and the other fields are empty or absent',
    },
    {
      behaviour: 'an `override_id` is `org-` and letters or digits',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > an id of %j does not have the form of an organisation id',
    },
    {
      behaviour: 'an `override_id` that is or was taken: 500',
      evidence: 'inferred',
      differs: 'the source has no handler for the failed condition of the store',
      test: 'accounts/organizations/create-organization.test.ts > an id that is taken is a failure of the store, and the organisation does not change',
    },
    {
      behaviour: 'the parent need not exist',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > the parent need not exist, and names may be empty and need not be unique',
    },
    {
      behaviour: '`useCloudFront` is true if the server chooses the id, else as it was sent',
      evidence: 'server source',
      test: 'accounts/organizations/create-organization.test.ts > if the server chooses the id, it also chooses CloudFront; otherwise CloudFront is as it was sent, or absent',
    },
    {
      behaviour: 'only `GET …/{org_id}` shows the time of creation (a number), `deleted` and `useCloudFront`',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > shows the time of creation as a number, and whether the organisation is on a paid tier',
    },
    {
      behaviour: '`GET …/{org_id}` ends with `paidTier`',
      evidence: 'inferred',
      differs: 'the serialiser should take the method for a property because of its name',
      test: 'accounts/organizations/organizations.test.ts > an organisation on tier %s is on a paid tier',
    },
    {
      behaviour: 'an update keeps the fields that were not sent, and sets the time of creation to now',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > changes what was sent and keeps the rest, except that the time of creation becomes now',
    },
    {
      behaviour:
        'a deletion marks the organisation and ends its memberships; the 404 of a deleted organisation differs from that of one that never existed',
      evidence: 'server source',
      test: 'accounts/organizations/organizations.test.ts > the message for an organisation that never existed differs from the one for a deleted organisation',
    },
    {
      behaviour: 'a change of tier takes effect at once',
      evidence: 'server source',
      differs: 'the real server caches organisations for 5 minutes, but not when it creates keys',
      test: 'accounts/organizations/organizations.test.ts > a paid tier lifts the key limit from the next creation on',
    },
    {
      behaviour: '`storage_bucket_override` and `storage_uri_override` are ignored',
      evidence: 'assumed',
      differs: 'they choose where data is stored, which is not emulated',
      test: 'accounts/organizations/create-organization.test.ts > the answer has every field that was sent, in wire order, except how memberships are managed',
    },
  ]),
  ...about('Users', [
    {
      behaviour:
        'the id is `user-` and the SHA-256 of the address and a fixed text, written as a number in hex; addresses are stored in lower case',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an id is a number in hex, without leading zeros',
    },
    {
      behaviour: 'an address can be used once',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an address that a user has exists already, in any case',
    },
    {
      behaviour: 'an address that a user gave up still leads to the same id, which exists already: 400',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an address that a user gave up still leads to the same id, which exists already',
    },
    {
      behaviour: 'a malformed address is refused with the name of the parameter, after the check that no user has it',
      evidence: 'server source',
      differs: 'the rules are like those of Apache Commons, without its list of top-level domains',
      test: 'accounts/users/users.test.ts > %j is not an address, and the answer names the parameter',
    },
    {
      behaviour: 'an unknown user: 404 with the domain of the address',
      evidence: 'server source',
      test: 'accounts/users/users.test.ts > an unknown user is not found, and the answer names the domain as it was sent',
    },
    {
      behaviour:
        'an update replaces address and preferences unchecked; an address with capital letters is stored, but finds no user',
      evidence: 'server source',
      differs: 'of two users with one address the first created is found; the real store has no order',
      test: 'accounts/users/users.test.ts > an address is stored as it was sent: with capital letters it finds no user, and two users may have the same',
    },
    {
      behaviour: 'an update of an unknown user: 500',
      evidence: 'inferred',
      test: 'accounts/users/users.test.ts > an unknown user is a failure of the store',
    },
  ]),
  ...about('Memberships', [
    {
      behaviour: 'order of checks: organisation, managed updates only, domain, user, limit, already a member',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > the organisation is checked first, then the domain, then the user',
    },
    {
      behaviour: 'on the free tier at most 25 members, of any domain; on other tiers any number, of the allowed domains',
      evidence: 'server source',
      differs: 'checked together with the insertion, so that concurrent requests cannot exceed the limit',
      test: 'accounts/memberships/memberships.test.ts > an organisation on the free tier has at most 25 members, others have no limit',
    },
    {
      behaviour:
        'a new default leaves the old one in place, and after the end of a default no other membership becomes the default, because the rules for this match nothing',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > a new default leaves the old one in place, because the clean-up of the real server matches nothing',
    },
    {
      behaviour: 'the default is the membership that is marked, else the one with the lowest organisation id, else `{}`',
      evidence: 'server source',
      test: 'accounts/memberships/memberships.test.ts > is the one that is marked, else the one with the lowest organisation id, else absent',
    },
    {
      behaviour:
        'if an organisation allows managed updates only, `/v0/membership` refuses to change its members; `…/{org_id}/membership` does not',
      evidence: 'server source',
      test: 'accounts/memberships/organization-memberships.test.ts > members can be managed here even if `/v0/membership` refuses to change them',
    },
    {
      behaviour: 'PUT and DELETE of `…/{org_id}/membership` do not check whether the organisation exists',
      evidence: 'server source',
      test: 'accounts/memberships/organization-memberships.test.ts > an unknown organisation is not found by GET and POST; PUT and DELETE do not check it',
    },
    {
      behaviour: 'DELETE of `…/{org_id}/membership` is answered 200 without a body',
      evidence: 'inferred',
      differs: 'the specification has an empty object',
      test: 'accounts/memberships/organization-memberships.test.ts > DELETE ends a membership and answers without a body',
    },
    {
      behaviour: 'lists are in the order of creation; `include_claims` has no effect',
      evidence: 'assumed',
      differs: 'the real store has no order; memberships by SAML claims are not emulated',
      test: 'accounts/memberships/memberships.test.ts > lists the memberships of a user by id or by address; an unknown id has no memberships',
    },
  ]),
  ...about('Signing up and models', [
    {
      behaviour: 'one request makes a user, an organisation, an `ADMIN` membership (the default) and a daily model',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > makes a user, their organisation, their membership and a model',
    },
    {
      behaviour:
        'an address that a user has: 400, unless `expectExisting` is true or null; one that no user has: 400 if `expectExisting` is true',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > an address that a user has is refused, unless `expectExisting` is true or null',
    },
    {
      behaviour: 'the form of the address is not checked',
      evidence: 'server source',
      test: 'accounts/provision/provision.test.ts > the form of the address is not checked',
    },
    {
      behaviour: 'models are listed with these fields, without inactive ones',
      evidence: 'server source',
      differs: 'in the order of creation; the real store has no order',
      test: 'seed/seed-file.test.ts > has models, of which deleted ones are not listed',
    },
    {
      behaviour: 'models of an organisation that never existed: 404; of a deleted one: 200',
      evidence: 'server source',
      test: 'models/list-models.test.ts > an organisation that never existed is not found, which a caller without permission cannot learn',
    },
  ]),
  ...about('Seed', [
    {
      behaviour:
        'organisation `0`, and `org-123` with an administrator and a member; it is on the free tier, so that its limits can be tested',
      evidence: 'assumed',
      test: 'seed/built-in-seed.test.ts > the seed has the three promised credentials, which look like real keys and work',
    },
  ]),
];
