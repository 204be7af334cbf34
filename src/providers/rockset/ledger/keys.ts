import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Keys', [
    {
      behaviour: 'secrets are 64 letters and digits, no prefix, no checksum',
      evidence: 'recorded',
      test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    },
    {
      behaviour: 'every success is 200, wrapped in `data`, also creation and deletion',
      evidence: 'recorded',
      test: 'recorded-sequences.test.ts > roles and API keys get answers of the recorded shape',
    },
    {
      behaviour: '`last_access_time` is null on creation, then `created_at` until the key is used, then the time of its last use',
      evidence: 'recorded',
      differs: 'the real one lagged by minutes and for months not at all; here it is immediate (assumed)',
      test: 'keys/get-key.test.ts > the last access follows the use of the key at once, in whole seconds',
    },
    {
      behaviour: '`created_by_apikey_name` is the key that made it, null where an id token did',
      evidence: 'recorded',
      differs: 'since August 2023; null for an id token: specification',
      test: 'accounts/users/id-tokens.test.ts > was made by no key, and works like any other',
    },
    {
      behaviour: '`reveal` is true for `true` in any case (Python sends `True`)',
      evidence: 'client-proven',
      differs: 'every other text is false, the first of several counts (assumed)',
      test: 'keys/get-key.test.ts > reveal=%s shows the full key',
    },
    {
      behaviour: '404 `API key "x" not found`, `API_KEY_NOT_FOUND`',
      evidence: 'client-proven',
      differs: 'status and type; text and key are modelled on those of other resources (assumed)',
      test: 'keys/get-key.test.ts > a name that no key has is not found, case included',
    },
    {
      behaviour: '`{user}` is `self` or an address; percent-decoded once, `+` stays `+`',
      evidence: 'recorded',
      differs: 'any case, since addresses are stored in lower case; 404 `User "x" not found` (assumed)',
      test: 'keys/list-keys.test.ts > a plus in a path is a plus, raw and escaped',
    },
    {
      behaviour: 'a deleted key is shown as it last was, and is then unknown to every operation',
      evidence: 'recorded',
      differs: 'that it is refused from the next request on: assumed',
      test: 'keys/delete-key.test.ts > a key that is deleted is gone from every operation',
    },
  ]),
  ...about('List', [
    {
      behaviour: '`listApiKeys`: by name, no paging, no filter',
      evidence: 'recorded',
      differs: 'byte order where cases or scripts mix (inferred from the order of users)',
      test: 'keys/list-keys.test.ts > keys come by name in byte order, whatever order they were made in',
    },
  ]),
  ...about('Create', [
    {
      behaviour: '`createApiKey`: the answer has the full key, and `last_access_time` null',
      evidence: 'recorded',
      test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    },
    {
      behaviour: '`role` left out is null, all of the roles that the owner has then, for good',
      evidence: 'specification',
      differs: 'late documentation calls a role mandatory; keys without one were listed in 2024',
      test: 'authorisation.test.ts > a key without a role follows the roles that its owner has now',
    },
    {
      behaviour: 'an unknown role is 404 `Role "x" not found`, `ROLE_NOT_FOUND_NAME`',
      evidence: 'inferred',
      differs: 'recorded for reading a role, assumed here',
      test: 'keys/create-key.test.ts > a role that does not exist is not found, in the words that were recorded',
    },
    {
      behaviour: 'a role that the owner does not hold is allowed',
      evidence: 'recorded',
      differs: 'recorded for an administrator; here for everybody, since rights are an intersection anyway',
      test: 'authorisation.test.ts > an administrator may lend a role that is not among his own',
    },
    {
      behaviour: '`created_by` in the body is ignored, as are unknown fields: the creator is the owner',
      evidence: 'assumed',
      differs: 'an internal field that leaked into the specification',
      test: 'keys/create-key.test.ts > created_by, unknown fields and nulls are ignored: the creator is the owner',
    },
    {
      behaviour: 'names: any text that is not blank, up to 256 characters, case-sensitive',
      evidence: 'assumed',
      differs: 'no rule was found',
      test: 'keys/create-key.test.ts > names may hold anything but nothing, up to 256 characters',
    },
    {
      behaviour: "a name is unique among its owner's keys; a second one is 400 `ALREADYEXISTS`",
      evidence: 'inferred',
      differs:
        'integrators test exactly this for workspaces and collections; 409 `CONFLICT` is in the specification since August 2023',
      test: 'keys/create-key.test.ts > a name that the owner has already is refused, whether its key is active or suspended',
    },
    {
      behaviour: 'there is no limit on the number of keys',
      evidence: 'assumed',
      differs: 'none is documented',
      test: 'keys/create-key.test.ts > 200 concurrent creations of different names give 200 keys',
    },
    {
      behaviour: '`createApiKeyAdmin`: POST `…/users/{user}/apikeys` makes a key that is the other user’s, for administrators',
      evidence: 'specification',
      differs:
        'in the specification until June 2021, and called by clients of that time; still served in every profile (assumed)',
      test: "keys/create-key-admin.test.ts > an administrator's key makes a key that is the other user's: it lists and acts as that user",
    },
  ]),
  ...about('States', [
    {
      behaviour: 'ACTIVE and SUSPENDED only; past its expiry a key shows SUSPENDED and keeps its `expiry_time`',
      evidence: 'recorded',
      differs: 'computed at every read and at authentication',
      test: 'keys/list-keys.test.ts > a key past its expiry and one that was suspended are both SUSPENDED; a revoked one is not there',
    },
    {
      behaviour: 'a suspended or expired key is rejected',
      evidence: 'specification',
      differs: 'documented so; 401, from the next request on, and its text: assumed',
      test: 'keys/update-key.test.ts > a suspended key is refused from the next request on, and accepted again once it is active',
    },
    {
      behaviour: 'an expiry holds to the whole second that is shown; at that instant the key is still accepted',
      evidence: 'assumed',
      test: 'keys/create-key.test.ts > a key may expire, and its expiry is shown in whole seconds of UTC',
    },
    {
      behaviour: 'an active key may be suspended, get an expiry, lose it',
      evidence: 'inferred',
      differs: 'the documentation of this is cut off in every stored copy',
      test: 'keys/update-key.test.ts > an active key can be given an expiry, another one, and none',
    },
    {
      behaviour: 'the state that a key has already is 200, as are `{}`, nulls and unknown fields alone (.NET sends no `state`)',
      evidence: 'assumed',
      test: 'keys/update-key.test.ts > %s for what it is already changes nothing',
    },
    {
      behaviour: 'past its expiry a key is ACTIVE again only with a future `expiry_time` or `clear_expiry_time`; else 400',
      evidence: 'assumed',
      differs: 'in the same call or before; another expiry alone leaves it SUSPENDED',
      test: 'keys/update-key.test.ts > a key past its expiry cannot be active without another expiry or none',
    },
    {
      behaviour: 'an `expiry_time` that is past, has no zone, or comes with `clear_expiry_time: true` is 400',
      evidence: 'assumed',
      differs: 'ISO 8601 is read as RFC 3339',
      test: 'keys/update-key.test.ts > %s is refused, and the key stays as it was',
    },
    {
      behaviour: '`expiry_time` "requires premium": 403 for an organization of edition STANDARD',
      evidence: 'specification',
      differs: 'the status is assumed; MISSION_CRITICAL is above premium; clearing needs no edition',
      test: 'keys/update-key.test.ts > below the premium edition an expiry can be cleared but not set',
    },
    {
      behaviour: 'the key in use may suspend or delete itself',
      evidence: 'assumed',
      test: 'keys/update-key.test.ts > the key in use may suspend itself: its next request is refused',
    },
  ]),
  ...about('Audit trail', [
    {
      behaviour: 'API_KEY_CREATED and API_KEY_DELETED (INFO), with kind, api_key_name, user_email, details',
      evidence: 'specification',
      differs: 'documented as rows of the collection `_events`; here `GET /_latchkey/audit`. Texts of `details` are ours',
      test: 'keys/audit-trail.test.ts > keys tell of themselves when they were created and deleted, oldest first',
    },
    {
      behaviour: 'API_KEY_ERROR (ERROR) for what fails on a key',
      evidence: 'specification',
      differs: 'which failures: assumed, those of creation, update and deletion with an accepted key',
      test: 'keys/audit-trail.test.ts > what an accepted key is refused to create, update or delete is an error',
    },
    {
      behaviour: 'a key that goes with its user is deleted',
      evidence: 'assumed',
      test: 'keys/audit-trail.test.ts > a key that goes with its user is deleted too',
    },
    {
      behaviour: 'the last hundred errors are kept',
      evidence: 'assumed',
      test: 'keys/audit-trail.test.ts > of errors the last hundred are kept',
    },
    {
      behaviour: 'never a secret',
      evidence: 'assumed',
      differs: 'what has the shape of one is cut to six characters',
      test: 'keys/audit-trail.test.ts > a secret that was sent where a name belongs is not kept',
    },
  ]),
];
