import { about } from './rows.ts';

const organizations = about('Organisations', [
  [
    'a new id is `org-` and six letters or digits, none of `01ilIoO`',
    'server source',
    'create-organization.test.ts > a name is enough: the id has six letters and digits that cannot be mistaken, the rest is empty or left out',
  ],
  [
    'an `override_id` is `org-` and letters or digits',
    'server source',
    'create-organization.test.ts > an id of %j is not of an organisation',
  ],
  [
    'an `override_id` that is or was taken: 500',
    'inferred',
    'create-organization.test.ts > an id that is taken is a failure of the store, and the organisation stays as it was',
    'the failed condition of the store is not handled otherwise',
  ],
  [
    'nobody looks for the parent',
    'server source',
    'create-organization.test.ts > nobody asks whether a parent is there, and names may be empty and repeat',
  ],
  [
    '`useCloudFront` is true where the server chooses the id, else as asked for',
    'server source',
    'create-organization.test.ts > where the server chooses the id it chooses CloudFront too; else it is as asked for, or not said',
  ],
  [
    'only `GET …/{org_id}` has the time of creation (a number), `deleted` and `useCloudFront`',
    'server source',
    'organizations.test.ts > has the time of creation as a number, and whether the organisation pays',
  ],
  [
    '`paidTier` ends it',
    'inferred',
    'organizations.test.ts > an organisation of tier %s pays',
    'the name of a method makes the serialiser take it for a property',
  ],
  [
    'an update keeps what was not sent, and sets the time of creation to now',
    'server source',
    'organizations.test.ts > changes what is sent and leaves the rest, but for the time of creation, which is now',
  ],
  [
    'deleting is a mark and ends the memberships; a deleted organisation is not found, in other words than one that never was',
    'server source',
    'organizations.test.ts > the words for one that never was are not those for one that is gone',
  ],
  [
    'a change of tier counts at once',
    'server source',
    'organizations.test.ts > lifts the limit of keys from the next creation on',
    'the real server caches organisations for 5 minutes, but not where it makes keys',
  ],
  [
    '`storage_bucket_override` and `storage_uri_override` are overlooked',
    'assumed',
    'create-organization.test.ts > everything that is asked for is there, in wire order, except how memberships are managed',
    'they say where data is kept, which is not emulated',
  ],
]);

const users = about('Users', [
  [
    'the id is `user-` and the SHA-256 of the address and a fixed text, as a number in hex; addresses are kept in small letters',
    'server source',
    'users.test.ts > an id is a number in hex: zeros at its front are left out',
  ],
  [
    'an address can be created once',
    'server source',
    'users.test.ts > an address that somebody has, however it is written, exists',
  ],
  [
    'an address that somebody gave up still makes the same id, which exists',
    'server source',
    'users.test.ts > an address that somebody gave up still makes the same id, which exists',
  ],
  [
    'what is no address is refused with the name of the parameter, after the look for a twin',
    'server source',
    'users.test.ts > %j is no address, and the parameter is named',
    'the form is checked by rules like those of Apache Commons, without its list of top-level domains',
  ],
  [
    'unknown: 404 with the domain of the address',
    'server source',
    'users.test.ts > one who is not there is not found, and the answer names the domain as it was asked for',
  ],
  [
    'an update replaces address and preferences, checks neither, and keeps capitals, by which nobody is found',
    'server source',
    'users.test.ts > an address is kept as it is sent: with capitals nobody is found by it, and two may have one',
    'of two who share an address, the one who was created first is found: no order there',
  ],
  ['an update of nobody: 500', 'inferred', 'users.test.ts > a user who is not there is a failure of the store'],
]);

const memberships = about('Memberships', [
  [
    'order of checks: organisation, managed elsewhere, domain, user, limit, member',
    'server source',
    'memberships.test.ts > the organisation is looked for before the user, and the domain is looked at between the two',
  ],
  [
    '25 members on the free tier, of any domain; others any number, of their domains',
    'server source',
    'memberships.test.ts > the free tier has 25 members at most, others any number',
    'checked with the insertion',
  ],
  [
    'a new default leaves the old one, and the end of a default makes no other: the rules for it match nothing',
    'server source',
    'memberships.test.ts > a new default leaves the old one as it was: the clean-up of the real server matches nothing',
  ],
  [
    'the default is the one that is marked, else that of the lowest organisation id, else `{}`',
    'server source',
    'memberships.test.ts > is the one that is marked, else that of the lowest organisation id, else none',
  ],
  [
    'organisations that allow managed updates only are closed to `/v0/membership`, not to `…/{org_id}/membership`',
    'server source',
    'organization-memberships.test.ts > members are managed here even where `/v0/membership` leaves them alone',
  ],
  [
    'by `…/{org_id}/membership`, changing and ending do not look for the organisation',
    'server source',
    'organization-memberships.test.ts > an organisation that is not there is looked for by two of the four',
  ],
  [
    'ending one by `…/{org_id}/membership` is answered 200 without a body',
    'inferred',
    'organization-memberships.test.ts > DELETE ends a membership, and says nothing',
    'the specification says an empty object',
  ],
  [
    'lists are in the order of creation; `include_claims` makes no difference',
    'assumed',
    'memberships.test.ts > of a user: by id or address; nobody is known to have none',
    'no order there; memberships by SAML claims are not emulated',
  ],
]);

const signingUp = about('Signing up and models', [
  [
    'one call makes user, organisation, `ADMIN` membership (the default one) and a daily model',
    'server source',
    'provision.test.ts > makes a user, an organisation of theirs, their membership and a model, all in one',
  ],
  [
    'an address that is taken 400, unless `expectExisting` is true or null; that it is free 400 if it is true',
    'server source',
    'provision.test.ts > an address that somebody has is refused, unless that was expected',
  ],
  ['nobody looks at the form of the address', 'server source', 'provision.test.ts > nobody looks at the form of an address'],
  [
    'models are listed with these fields, inactive ones left out',
    'server source',
    'seed-file.test.ts > has models, those that were deleted left out',
    'in the order of creation; no order there',
  ],
  [
    'models of an organisation that never was 404, of a deleted one 200',
    'server source',
    'probes.test.ts > an organisation that never was is not found, and whoever may not look is told nothing of it',
  ],
]);

const seed = about('Seed', [
  [
    'organisation `0`; `org-123` on the free tier, so that its limit can be met, with an administrator and a member',
    'assumed',
    'seed.test.ts > the seeded credentials are the three of the contract, in the shape of real keys, and work',
  ],
]);

export const accountBehaviours = [...organizations, ...users, ...memberships, ...signingUp, ...seed];
