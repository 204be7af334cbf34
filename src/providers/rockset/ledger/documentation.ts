import type { BehaviourRow, Evidence } from '../../../provider/ledger.ts';

/** What documents or clients say, and what the server does; the emulator does as the server. */
function row(said: string, done: string, evidence: Evidence, test: string, differs?: string): BehaviourRow {
  const behaviour = `said: ${said}; done: ${done}`;
  return { topic: 'Documentation against server', behaviour, evidence, test, ...(differs !== undefined && { differs }) };
}

export const documentation: readonly BehaviourRow[] = [
  row(
    '`key` has 64 characters, `reveal` shows them (2022)',
    'May 2023: 4 characters and 60 stars, `reveal` works; from August 2023: 6 characters outside of creation',
    'recorded',
    'profiles.test.ts > the full key is in the answer to its creation alone, and every answer names the key that made it',
    'the default profile is 2022, whose documentation this is',
  ),
  row(
    '`reveal` is there to the end',
    'from August 2023 accepted and ignored',
    'assumed',
    'profiles.test.ts > the full key is in the answer to its creation alone, and every answer names the key that made it',
    'never recorded after May 2023; the schema of the key contradicts it',
  ),
  row(
    'fields are optional',
    'always there, in one order, null where empty',
    'recorded',
    'create-key.test.ts > the answer has the eight fields of May 2023 in wire order, the full key and no last access',
  ),
  row(
    '`last_access_time` is when the key was last used',
    'null on creation, then the time of creation; later behind by minutes, for months stuck',
    'recorded',
    'get-key.test.ts > the last access follows the use of the key at once, in whole seconds',
    'here it is immediate',
  ),
  row(
    'a user has six fields, and some pages show it wrapped',
    'thirteen fields; the current user, a single user and an updated user are not wrapped, the rest is',
    'recorded',
    'recorded-sequences.test.ts > ping, organization and users get answers of the recorded shape',
  ),
  row(
    'an error has eight fields, `virtual_instance_rrn` among them',
    'nine: `message_key` and `internal_errors` too, `virtual_instance_rrn` not',
    'recorded',
    'get-role.test.ts > GET …/roles/{roleName} 404: a role that is not there is not found, in the words that were recorded',
  ),
  row(
    '409 is a status since August 2023',
    'a second key of a name is 400 `ALREADYEXISTS`',
    'inferred',
    'create-key.test.ts > a name that the owner has already is refused, whether its key is active or suspended',
    'from what integrators test of other resources; there is no switch for 409: a fault can answer it',
  ),
  row(
    'a role is mandatory (late pages)',
    'it is optional, and null then',
    'recorded',
    'create-key.test.ts > a key that was given no role has none, and works at once',
  ),
  row(
    'POST `users/{user}/apikeys` (2020 to June 2021)',
    'gone from the specification; whether it was still served is unknown',
    'assumed',
    "create-key-admin.test.ts > an administrator's key makes a key that is the other user's: it lists and acts as that user",
    'served, since clients of that time call it',
  ),
  row(
    'two states, and an expiry beside them',
    'past its expiry a key shows SUSPENDED',
    'recorded',
    'list-keys.test.ts > a key past its expiry and one that was suspended are both SUSPENDED; a revoked one is not there',
  ),
  row(
    '`created_by` can be sent',
    'unknown',
    'assumed',
    'create-key.test.ts > created_by, unknown fields and nulls are ignored: the creator is the owner',
    'ignored',
  ),
  row(
    'the scheme is `ApiKey`',
    'half of the clients write `apikey`, and are accepted',
    'client-proven',
    'authentication.test.ts > the scheme %s is accepted',
  ),
  row('`reveal` is a boolean, `true`', 'Python sends `True`', 'client-proven', 'get-key.test.ts > reveal=%s shows the full key'),
  row(
    'each client has another default host',
    'all are the same service',
    'client-proven',
    'http.test.ts > the provider is at the root, below its name, at its hosts and at its own port',
    'every name below rockset.com is this provider',
  ),
  row(
    'GET and DELETE have no content type',
    'Java and Grafana send one on every verb, the curl of the documentation posts one without a body',
    'client-proven',
    'update-key.test.ts > no body at all is an empty one, with and without a content type',
  ),
  row(
    '`rockset auth key NAME` of the Go CLI makes a key NAME',
    'it posts the name `name`: its second use meets the rule of duplicates',
    'client-proven',
    'create-key.test.ts > `rockset auth key NAME` of the Go CLI always asks for the name `name`: its second use is refused',
    "nothing to do: the client's own fault",
  ),
];
