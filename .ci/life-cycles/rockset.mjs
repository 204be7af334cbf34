// Runs one life cycle of a key with the npm package rockset, against the latchkey at the URL that is given, or in LATCHKEY_URL.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [url = process.env.LATCHKEY_URL] = process.argv.slice(2);
const rockset = createRequire(import.meta.url)('rockset').default;
const response = await fetch(`${url}/_latchkey/credentials`);
const { rockset: seeded } = await response.json();
const admin = rockset(seeded.credentials[0].secret, url);

const { data: issued } = await admin.apikeys.createApiKey({ name: 'life' });
const own = rockset(issued.key, url);
assert.equal((await own.orgs.getOrganization()).data.id, 'acme');
await admin.apikeys.deleteApiKey('life');
await assert.rejects(own.orgs.getOrganization(), { type: 'AUTHEXCEPTION' });
console.log('rockset: issued, used, revoked, refused');
