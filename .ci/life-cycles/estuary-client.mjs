// Runs one life cycle of a key with the npm package estuary-client, against the latchkey at the URL that is given, or in LATCHKEY_URL.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const [url = process.env.LATCHKEY_URL] = process.argv.slice(2);
const { ApiClient, UserApi } = createRequire(import.meta.url)('estuary-client');
const response = await fetch(`${url}/_latchkey/credentials`);
const { estuary: seeded } = await response.json();
const alice = clientOf(seeded.credentials.find(({ name }) => name === 'alice').secret);

const issued = await alice.create({ expiry: '24h', perms: 'all' });
const own = clientOf(issued.token);
assert.ok((await own.list()).some(({ token }) => token === issued.token));
await alice.revoke(issued.token);
await assert.rejects(own.list(), { status: 401 });
console.log('estuary-client: issued, used, revoked, refused');

function clientOf(apiKey) {
  const client = Object.assign(new ApiClient(), { basePath: url });
  Object.assign(client.authentications.bearerAuth, { apiKey, apiKeyPrefix: 'Bearer' });
  const api = new UserApi(client);
  return {
    create: promisify(api.userApiKeysPost.bind(api)),
    list: promisify(api.userApiKeysGet.bind(api)),
    revoke: promisify(api.userApiKeysKeyDelete.bind(api)),
  };
}
