import { type Ledger, pin } from '../../../provider/ledger.ts';
import { documented, secured } from './permissions.ts';

/** What is known of the operations on keys. */
export const keyOperations: Ledger['operations'] = {
  CreateApiKey: {
    success: pin('server source', 'keys/create-key.test.ts > a key with every option has these fields, in wire order'),
    errors: pin(
      'server source',
      'keys/create-key.test.ts > without a user the framework names the missing parameter, whatever else is wrong',
    ),
    auth: documented,
    states: pin('server source', 'keys/expiry.test.ts > is accepted at its expiry and refused a millisecond later'),
  },
  ListApiKeys: {
    success: pin('server source', 'keys/list-keys.test.ts > has these fields, in wire order, without absent ones'),
    errors: pin('inferred', 'keys/list-keys.test.ts > GET …/api-key 400: a blank user is refused'),
    auth: documented,
    states: pin('server source', 'keys/list-keys.test.ts > has revoked and expired keys too, in byte order of the key ids'),
  },
  GetApiKey: {
    success: pin('server source', 'keys/get-key.test.ts > shows the key inside `key`, with its last use and without its secret'),
    errors: pin(
      'server source',
      'keys/get-key.test.ts > is empty for a key that is unknown, in another case, revoked or of another organisation',
    ),
    auth: documented,
    states: pin(
      'server source',
      'keys/revoke-key.test.ts > the list of the organisation loses the key, the list of the user keeps it',
    ),
  },
  RevokeApiKey: {
    success: pin(
      'server source',
      'keys/revoke-key.test.ts > shows the key as revoked, without its secret and without its last use',
    ),
    errors: pin(
      'server source',
      'keys/revoke-key.test.ts > a key of another user or organisation is not found, and does not change',
    ),
    auth: documented,
    states: pin(
      'server source',
      'keys/revoke-key.test.ts > the key is refused from the next request on, and can be revoked again',
    ),
  },
  GenerateApiKey: {
    success: pin(
      'server source',
      'keys/account/account-keys.test.ts > makes a key whose user is the key that made it, with every option in wire order',
    ),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > expiry, model, organisation, tier and scopes are checked in this order',
    ),
    auth: secured,
    states: pin('server source', 'keys/account/account-keys.test.ts > a minute is the shortest life'),
  },
  DeleteApiKey: {
    success: pin('server source', 'keys/account/account-keys.test.ts > revokes a key that the calling key made, repeatedly'),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > a key that another key made is not found, nor is the calling key itself',
    ),
    auth: secured,
    states: pin('server source', 'keys/account/account-keys.test.ts > revokes a key that the calling key made, repeatedly'),
  },
  ListApiKeyMetadata: {
    success: pin(
      'server source',
      'keys/account/account-keys.test.ts > shows five fields of every key of the organisation that is not revoked, by whichever key it was made',
    ),
    errors: pin(
      'server source',
      'keys/account/account-keys.test.ts > a super administrator must name an organisation, and may name any',
    ),
    auth: secured,
    states: pin(
      'server source',
      'keys/account/account-keys.test.ts > shows five fields of every key of the organisation that is not revoked, by whichever key it was made',
    ),
  },
  ValidateApiKey: {
    success: pin('server source', 'wire/headers.test.ts > is the only field in the answer to a validation'),
    errors: null,
    auth: secured,
    states: pin(
      'server source',
      'authentication.test.ts > %s with a revoked, suspended or expired key is refused with 403 and no body',
    ),
  },
};
