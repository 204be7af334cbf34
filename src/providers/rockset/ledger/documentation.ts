import { about, type BehaviourRow } from '../../../provider/ledger.ts';

/** What the documentation or clients say, and what the server does. This emulator follows the server. */
export const documentation: readonly BehaviourRow[] = about('Documentation against server', [
  {
    behaviour:
      'said: `key` has 64 characters, `reveal` shows them (2022); done: May 2023: 4 characters and 60 stars, `reveal` works; from August 2023: 6 characters outside of creation',
    evidence: 'recorded',
    differs: 'the default profile is 2022, whose documentation this is',
    test: 'profiles.test.ts > the full key is in the answer to its creation alone, and every answer names the key that made it',
  },
  {
    behaviour: 'said: `reveal` is there to the end; done: from August 2023 accepted and ignored',
    evidence: 'assumed',
    differs: 'never recorded after May 2023; the schema of the key contradicts it',
    test: 'profiles.test.ts > the full key is in the answer to its creation alone, and every answer names the key that made it',
  },
  {
    behaviour: 'said: fields are optional; done: always there, in one order, null where empty',
    evidence: 'recorded',
    test: 'keys/create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
  },
  {
    behaviour:
      'said: `last_access_time` is when the key was last used; done: null on creation, then the time of creation; later behind by minutes, for months stuck',
    evidence: 'recorded',
    differs: 'here it is immediate',
    test: 'keys/get-key.test.ts > the last access follows the use of the key at once, in whole seconds',
  },
  {
    behaviour:
      'said: a user has six fields, and some pages show it wrapped; done: thirteen fields; the current user, a single user and an updated user are not wrapped, the rest is',
    evidence: 'recorded',
    test: 'recorded-sequences.test.ts > ping, organization and users get answers of the recorded shape',
  },
  {
    behaviour:
      'said: an error has eight fields, `virtual_instance_rrn` among them; done: nine: `message_key` and `internal_errors` too, `virtual_instance_rrn` not',
    evidence: 'recorded',
    test: 'roles/get-role.test.ts > GET …/roles/{roleName} 404: a role that is not there is not found, in the words that were recorded',
  },
  {
    behaviour: 'said: 409 is a status since August 2023; done: a second key of a name is 400 `ALREADYEXISTS`',
    evidence: 'inferred',
    differs: 'from what integrators test of other resources; there is no switch for 409: a fault can answer it',
    test: 'keys/create-key.test.ts > a name that the owner has already is refused, whether its key is active or suspended',
  },
  {
    behaviour: 'said: a role is mandatory (late pages); done: it is optional, and null then',
    evidence: 'recorded',
    test: 'keys/create-key.test.ts > a key that was given no role has none, and works at once',
  },
  {
    behaviour:
      'said: POST `users/{user}/apikeys` (2020 to June 2021); done: gone from the specification; whether it was still served is unknown',
    evidence: 'assumed',
    differs: 'served, since clients of that time call it',
    test: "keys/create-key-admin.test.ts > an administrator's key makes a key that is the other user's: it lists and acts as that user",
  },
  {
    behaviour: 'said: two states, and an expiry beside them; done: past its expiry a key shows SUSPENDED',
    evidence: 'recorded',
    test: 'keys/list-keys.test.ts > a key past its expiry and one that was suspended are both SUSPENDED; a revoked one is not there',
  },
  {
    behaviour: 'said: `created_by` can be sent; done: unknown',
    evidence: 'assumed',
    differs: 'ignored',
    test: 'keys/create-key.test.ts > created_by, unknown fields and nulls are ignored: the creator is the owner',
  },
  {
    behaviour: 'said: the scheme is `ApiKey`; done: half of the clients write `apikey`, and are accepted',
    evidence: 'client-proven',
    test: 'authentication.test.ts > the scheme %s is accepted',
  },
  {
    behaviour: 'said: `reveal` is a boolean, `true`; done: Python sends `True`',
    evidence: 'client-proven',
    test: 'keys/get-key.test.ts > reveal=%s shows the full key',
  },
  {
    behaviour: 'said: each client has another default host; done: all are the same service',
    evidence: 'client-proven',
    differs: 'every name below rockset.com is this provider',
    test: 'wire/http.test.ts > the provider is at the root, below its name, at its hosts and at its own port',
  },
  {
    behaviour:
      'said: GET and DELETE have no content type; done: Java and Grafana send one on every verb, the curl of the documentation posts one without a body',
    evidence: 'client-proven',
    test: 'keys/update-key.test.ts > no body at all is an empty one, with and without a content type',
  },
  {
    behaviour:
      'said: `rockset auth key NAME` of the Go CLI makes a key NAME; done: it posts the name `name`: its second use meets the rule of duplicates',
    evidence: 'client-proven',
    differs: "nothing to do: the client's own fault",
    test: 'keys/create-key.test.ts > `rockset auth key NAME` of the Go CLI always asks for the name `name`: its second use is refused',
  },
]);
