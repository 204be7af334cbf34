import { about, type BehaviourRow } from '../../../provider/ledger.ts';

export const keys: readonly BehaviourRow[] = [
  ...about('Keys', [
    {
      behaviour: 'a secret is 64 letters and digits, without prefix or checksum',
      evidence: 'recorded',
      test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    },
    {
      behaviour: 'every success is 200, wrapped in `data`, even creation and deletion',
      evidence: 'recorded',
      test: 'recorded-sequences.test.ts > roles and API keys get answers of the recorded shape',
    },
    {
      behaviour: '`last_access_time` is null on creation, then `created_at` until the key is used, then the time of its last use',
      evidence: 'recorded',
      differs: 'in the real server it lagged by minutes, and at times did not change for months; here it is immediate (assumed)',
      test: 'keys/get-key.test.ts > the last access changes with each use of the key at once, in whole seconds',
    },
    {
      behaviour: '`created_by_apikey_name` is the key that created it, or null if an id token did',
      evidence: 'recorded',
      differs: 'since August 2023; null for an id token is from the specification',
      test: 'accounts/users/id-tokens.test.ts > was not created by a key, and works like any other',
    },
    {
      behaviour: '`reveal` is true for `true` in any case (Python sends `True`)',
      evidence: 'client-proven',
      differs: 'any other text is false, and the first value counts (assumed)',
      test: 'keys/get-key.test.ts > reveal=%s shows the full key',
    },
    {
      behaviour: 'an unknown key is 404 `API key "x" not found`, `API_KEY_NOT_FOUND`',
      evidence: 'client-proven',
      differs:
        'status and type are proven; text and `message_key` are modelled on those of other resources (assumed): clients read the `message_key` of collections, that of keys was never seen',
      test: 'keys/get-key.test.ts > an unknown name is not found, and names are case-sensitive',
    },
    {
      behaviour: '`{user}` is `self` or an address; it is percent-decoded once, and `+` stays `+`',
      evidence: 'recorded',
      differs:
        'an address may be in any case, since it is stored in lower case; an unknown one is 404 `User "x" not found` (assumed)',
      test: 'keys/list-keys.test.ts > a plus in a path stays a plus, raw and escaped',
    },
    {
      behaviour: '`deleteApiKey` answers with the last state of the key, which is then unknown to every operation',
      evidence: 'recorded',
      differs: 'that it is refused from the next request on is assumed',
      test: 'keys/delete-key.test.ts > a deleted key is unknown to every operation',
    },
  ]),
  ...about('List', [
    {
      behaviour: '`listApiKeys` sorts by name, without paging or filters',
      evidence: 'recorded',
      differs: 'names are in byte order (inferred from the order of users)',
      test: 'keys/list-keys.test.ts > keys are sorted by name in byte order, not in the order of creation',
    },
  ]),
  ...about('Create', [
    {
      behaviour: 'the answer to `createApiKey` has the full key, and null as `last_access_time`',
      evidence: 'recorded',
      test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
    },
    {
      behaviour: 'a `role` that is left out is null: the key always has all the current roles of its owner',
      evidence: 'specification',
      differs: 'late documentation says that a role is mandatory, but keys without one were recorded in 2024',
      test: 'authorisation.test.ts > a key without a role follows the roles that its owner has now',
    },
    {
      behaviour: 'an unknown role is 404 `Role "x" not found`, `ROLE_NOT_FOUND_NAME`',
      evidence: 'inferred',
      differs: 'recorded for reading a role, inferred for creating a key',
      test: 'keys/create-key.test.ts > an unknown role is refused in the recorded words',
    },
    {
      behaviour: 'a role that the owner does not hold is allowed',
      evidence: 'recorded',
      differs: 'recorded for an administrator; here for every user, since the key never has more rights than its owner',
      test: 'authorisation.test.ts > an administrator may give a key a role that the administrator does not have',
    },
    {
      behaviour: '`created_by` and unknown fields in the body are ignored: the creator is the owner',
      evidence: 'assumed',
      differs: 'apparently an internal field that got into the specification',
      test: 'keys/create-key.test.ts > created_by, unknown fields and nulls are ignored: the creator is the owner',
    },
    {
      behaviour: 'a name is any text that is not blank, up to 256 characters, case-sensitive',
      evidence: 'assumed',
      differs: 'no source has a rule',
      test: 'keys/create-key.test.ts > a name may be any text that is not blank, up to 256 characters',
    },
    {
      behaviour: 'a name is unique among the keys of its owner; a second key of that name is 400 `ALREADYEXISTS`',
      evidence: 'inferred',
      differs:
        'integrators test for exactly this with workspaces and collections; the specification has 409 `CONFLICT` since August 2023',
      test: 'keys/create-key.test.ts > a name that another key of the owner has is refused, whether that key is active or suspended',
    },
    {
      behaviour: 'the number of keys is not limited',
      evidence: 'assumed',
      differs: 'no limit is documented',
      test: 'keys/create-key.test.ts > 200 concurrent creations of different names give 200 keys',
    },
    {
      behaviour: '`createApiKeyAdmin` (POST `…/users/{user}/apikeys`) lets an administrator create a key for another user',
      evidence: 'specification',
      differs:
        'in the specification until June 2021, and called by clients of that time; still served in every profile (assumed)',
      test: "keys/create-key-admin.test.ts > an administrator's key creates a key of the other user, which lists and acts as that user",
    },
  ]),
  ...about('States', [
    {
      behaviour: 'the only states are ACTIVE and SUSPENDED; past its expiry a key is SUSPENDED and keeps its `expiry_time`',
      evidence: 'recorded',
      differs: 'the state is computed whenever a key is read or authenticated',
      test: 'keys/list-keys.test.ts > a key past its expiry and a suspended key are both SUSPENDED; a revoked key is not listed',
    },
    {
      behaviour: 'a suspended or expired key is rejected',
      evidence: 'specification',
      differs: 'from the documentation; that it is 401 from the next request on, and its text, are assumed',
      test: 'keys/update-key.test.ts > a suspended key is refused from the next request on, and accepted again once it is active',
    },
    {
      behaviour: 'a key expires at the whole second that is shown, and is still accepted at that instant',
      evidence: 'assumed',
      test: 'keys/create-key.test.ts > a key may expire, and its expiry is shown in whole seconds of UTC',
    },
    {
      behaviour: 'an active key can be suspended, and can get and lose an expiry',
      evidence: 'inferred',
      differs: 'the passage of the documentation is cut off in every stored copy',
      test: 'keys/update-key.test.ts > an active key can get an expiry, change it and lose it',
    },
    {
      behaviour:
        'setting the state that a key already has is 200, and so are `{}`, nulls and only unknown fields (.NET sends no `state`)',
      evidence: 'assumed',
      test: 'keys/update-key.test.ts > setting the state %s that the key already has changes nothing',
    },
    {
      behaviour:
        'past its expiry a key can become ACTIVE only with a future `expiry_time` or `clear_expiry_time`; otherwise it is 400',
      evidence: 'assumed',
      differs: 'in the same call or before; a new expiry alone leaves the key SUSPENDED',
      test: 'keys/update-key.test.ts > a key past its expiry cannot become active unless its expiry is changed or cleared',
    },
    {
      behaviour: 'an `expiry_time` that is in the past, has no zone, or comes with `clear_expiry_time: true` is 400',
      evidence: 'assumed',
      differs: 'ISO 8601 is read as RFC 3339',
      test: 'keys/update-key.test.ts > %s is refused, and the key stays as it was',
    },
    {
      behaviour: '`expiry_time` "requires premium": it is 403 for an organization of the edition STANDARD',
      evidence: 'specification',
      differs: 'the status is assumed; MISSION_CRITICAL is above premium; clearing an expiry is allowed in every edition',
      test: 'keys/update-key.test.ts > below the premium edition an expiry can be cleared but not set',
    },
    {
      behaviour: 'a key may suspend or delete itself',
      evidence: 'assumed',
      test: 'keys/update-key.test.ts > the key in use may suspend itself: its next request is refused',
    },
  ]),
  ...about('Audit trail', [
    {
      behaviour:
        'creations and deletions are the events API_KEY_CREATED and API_KEY_DELETED (INFO), with kind, api_key_name, user_email, details',
      evidence: 'specification',
      differs:
        'documented as rows of the collection `_events`; here they are at `GET /_latchkey/audit`, and the texts of `details` are ours',
      test: 'keys/audit-trail.test.ts > the creation and the deletion of keys are events, oldest first',
    },
    {
      behaviour: 'a failed operation on a key is the event API_KEY_ERROR (ERROR)',
      evidence: 'specification',
      differs: 'which failures count is assumed: those of creation, update and deletion with an accepted key',
      test: 'keys/audit-trail.test.ts > a failed creation, update or deletion with an accepted key is an error',
    },
    {
      behaviour: 'a key that is revoked with its user has a deletion event',
      evidence: 'assumed',
      test: 'keys/audit-trail.test.ts > a key that is revoked with its user is an event too',
    },
    {
      behaviour: 'the last hundred errors are kept',
      evidence: 'assumed',
      test: 'keys/audit-trail.test.ts > the last hundred errors are kept',
    },
    {
      behaviour: 'no event contains a secret',
      evidence: 'assumed',
      differs: 'any text in the shape of a secret is cut to six characters',
      test: 'keys/audit-trail.test.ts > a secret that was sent instead of a name is not kept',
    },
  ]),
];
