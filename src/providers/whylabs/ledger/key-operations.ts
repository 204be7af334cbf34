import { type Ledger, pin } from '../../../provider/ledger.ts';
import { documented, secured } from './permissions.ts';

/** What is known of the operations on keys. */
export const keyOperations: Ledger['operations'] = {
  CreateApiKey: {
    success: pin(
      'server source',
      'keys/create-key.test.ts > a key with every option is answered with these fields, in wire order',
    ),
    errors: pin(
      'server source',
      'keys/create-key.test.ts > without a user, whatever else is wrong, the framework says what is missing',
    ),
    auth: documented,
    states: pin('server source', 'keys/expiry.test.ts > is accepted at its expiry and refused a millisecond later'),
  },
  ListApiKeys: {
    success: pin('server source', 'keys/list-keys.test.ts > has these fields, in wire order, those without a value left out'),
    errors: pin('inferred', 'keys/list-keys.test.ts > GET …/api-key 400: a blank user is refused'),
    auth: documented,
    states: pin('server source', 'keys/list-keys.test.ts > has revoked and expired keys too, by key id in byte order'),
  },
  GetApiKey: {
    success: pin('server source', 'keys/get-key.test.ts > has the key inside `key`, with its last use and without itself'),
    errors: pin(
      'server source',
      'keys/get-key.test.ts > has nothing for a key that is unknown, spelled otherwise, revoked or of another organisation',
    ),
    auth: documented,
    states: pin('server source', 'keys/revoke-key.test.ts > the organisation loses the key, the user keeps it'),
  },
  RevokeApiKey: {
    success: pin('server source', 'keys/revoke-key.test.ts > shows the key as revoked, without itself and without its last use'),
    errors: pin(
      'server source',
      "keys/revoke-key.test.ts > a key that is not that user's in that organisation is not found, and stays as it was",
    ),
    auth: documented,
    states: pin(
      'server source',
      'keys/revoke-key.test.ts > the key is refused from the next request on, and still after a revocation of what is revoked',
    ),
  },
  GenerateApiKey: {
    success: pin(
      'server source',
      'keys/account/account-keys.test.ts > makes a key whose user is the key that makes it, with every option in wire order',
    ),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > expiry, model, organisation, tier and scopes are looked at in this order',
    ),
    auth: secured,
    states: pin('server source', 'keys/account/account-keys.test.ts > a minute is the shortest life'),
  },
  DeleteApiKey: {
    success: pin('server source', 'keys/account/account-keys.test.ts > revokes what the calling key made, once and again'),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > what another key made, and the calling key itself, is not found',
    ),
    auth: secured,
    states: pin('server source', 'keys/account/account-keys.test.ts > revokes what the calling key made, once and again'),
  },
  ListApiKeyMetadata: {
    success: pin(
      'server source',
      'keys/account/account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    ),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > WhyLabs itself must say whom, and may name any organisation',
    ),
    auth: secured,
    states: pin(
      'server source',
      'keys/account/account-keys.test.ts > has few fields of every key of the organisation that is not revoked, whoever made it',
    ),
  },
  ValidateApiKey: {
    success: pin('server source', 'wire/headers.test.ts > is the whole of a validation'),
    errors: null,
    auth: secured,
    states: pin('server source', 'authentication.test.ts > %s with a key that was stopped is refused without a word'),
  },
};
