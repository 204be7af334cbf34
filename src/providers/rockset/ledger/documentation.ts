import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** Where the documentation, or what clients say, differs from the server. This emulator follows the server. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour:
      'documented: `key` has 64 characters, and `reveal` shows them (2022); served: 4 characters and 60 stars, or with `reveal` all (May 2023); 6 characters except on creation (from August 2023)',
    evidence: 'recorded',
    differs: 'the default profile is 2022, whose documentation this is',
    test: 'profiles.test.ts > only the answer to its creation has the full key, and every answer names the key that created it',
  },
  {
    behaviour: 'documented: `reveal`, to the last version; served: it is accepted and ignored from August 2023',
    evidence: 'assumed',
    differs: '`reveal` was never recorded after May 2023, and the schema of the key contradicts it',
    test: 'profiles.test.ts > only the answer to its creation has the full key, and every answer names the key that created it',
  },
  {
    behaviour: 'documented: fields are optional; served: all fields, always in the same order, null where empty',
    evidence: 'recorded',
    test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
  },
  {
    behaviour:
      'documented: `last_access_time` is the last use of the key; served: null on creation, then the time of creation, later a time that lags by minutes or does not change for months',
    evidence: 'recorded',
    differs: 'here it is immediate',
    test: 'keys/get-key.test.ts > the last access changes with each use of the key at once, in whole seconds',
  },
  {
    behaviour:
      'documented: a user has six fields, and is wrapped on some pages; served: thirteen fields, wrapped except for the current user, a single user and an updated user',
    evidence: 'recorded',
    test: 'recorded-sequences.test.ts > ping, organization and users get answers of the recorded shape',
  },
  {
    behaviour:
      'documented: an error has eight fields, with `virtual_instance_rrn`; served until March 2024: nine fields, with `message_key` and `internal_errors`, without `virtual_instance_rrn`, which mid-2024 has',
    evidence: 'recorded',
    test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: an unknown role is refused in the recorded words',
  },
  {
    behaviour: 'documented: 409 is a status since August 2023; served: a second key of a name is 400 `ALREADYEXISTS`',
    evidence: 'inferred',
    differs: 'inferred from what integrators test with other resources; a fault can answer 409',
    test: 'keys/create-key.test.ts > a name that another key of the owner has is refused, whether that key is active or suspended',
  },
  {
    behaviour: 'documented: a role is mandatory (late pages); served: it is optional, and null if left out',
    evidence: 'recorded',
    test: 'keys/create-key.test.ts > a key without a role has null, and works at once',
  },
  {
    behaviour: 'documented: POST `users/{user}/apikeys`, from 2020 to June 2021; served: unknown after that',
    evidence: 'assumed',
    differs: 'it is served here, since clients of that time call it',
    test: "keys/create-key-admin.test.ts > an administrator's key creates a key of the other user, which lists and acts as that user",
  },
  {
    behaviour: 'documented: two states, and an expiry that is separate from them; served: a key past its expiry is SUSPENDED',
    evidence: 'recorded',
    test: 'keys/list-keys.test.ts > a key past its expiry and a suspended key are both SUSPENDED; a revoked key is not listed',
  },
  {
    behaviour: 'documented: `created_by` can be sent; served: unknown',
    evidence: 'assumed',
    differs: 'it is ignored here',
    test: 'keys/create-key.test.ts > created_by, unknown fields and nulls are ignored: the creator is the owner',
  },
  {
    behaviour: 'documented: the scheme is `ApiKey`; served: `apikey` too, which half of the clients write',
    evidence: 'client-proven',
    test: 'authentication.test.ts > the scheme %s is accepted',
  },
  {
    behaviour: 'documented: `reveal` is a boolean, `true`; served: `True` too, which Python sends',
    evidence: 'client-proven',
    test: 'keys/get-key.test.ts > reveal=%s shows the full key',
  },
  {
    behaviour: 'documented: each client has another default host; served: the same at all of them',
    evidence: 'client-proven',
    differs: 'every host name below rockset.com is this provider',
    test: 'wire/http.test.ts > the provider answers at the root, below its name, at its host names and on its own port',
  },
  {
    behaviour:
      'documented: GET and DELETE have no content type; served: a JSON content type with every method and without a body, as Java, Grafana and the curl example of the documentation send it',
    evidence: 'client-proven',
    test: 'keys/update-key.test.ts > a missing body counts as an empty one, with and without a content type',
  },
  {
    behaviour:
      'documented: `rockset auth key NAME` of the Go CLI creates a key NAME; served: a key `name`, since the CLI sends this name, so its second use is a duplicate',
    evidence: 'client-proven',
    differs: 'an error of the client',
    test: 'keys/create-key.test.ts > `rockset auth key NAME` of the Go CLI always sends the name `name`, so its second use is refused',
  },
]);
