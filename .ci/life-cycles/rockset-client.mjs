// Runs one life cycle of a key with the npm package @rockset/client, against the latchkey at the URL that is given, or in LATCHKEY_URL.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [url = process.env.LATCHKEY_URL] = process.argv.slice(2);
const rockset = createRequire(import.meta.url)('@rockset/client').default;
const response = await fetch(`${url}/_latchkey/credentials`);
const { rockset: seeded } = await response.json();
const admin = rockset(seeded.credentials[0].secret, url);

const { data: issued } = await admin.apikeys.createApiKey({ name: 'life' });
const own = rockset(issued.key, url);
assert.equal((await own.apikeys.getApiKey('self', 'life')).data.state, 'ACTIVE');
await admin.apikeys.updateApiKey('life', 'self', { state: 'SUSPENDED' });
await assert.rejects(own.apikeys.getApiKey('self', 'life'), { type: 'AUTHEXCEPTION' });
await admin.apikeys.updateApiKey('life', 'self', { state: 'ACTIVE' });
assert.equal((await own.apikeys.getApiKey('self', 'life')).data.state, 'ACTIVE');
await admin.apikeys.deleteApiKey('life', 'self');
await assert.rejects(own.apikeys.getApiKey('self', 'life'), { type: 'AUTHEXCEPTION' });
await assert.rejects(admin.apikeys.getApiKey('self', 'life'), { type: 'NOTFOUND' });
console.log('@rockset/client: issued, used, suspended, refused, resumed, revoked, refused');
