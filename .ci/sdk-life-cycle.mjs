// One life cycle with Rockset's own client against a running latchkey: node .ci/sdk-life-cycle.mjs URL
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [url] = process.argv.slice(2);
const rockset = createRequire(import.meta.url)('@rockset/client').default;
const response = await fetch(`${url}/_latchkey/credentials`);
const { rockset: seeded } = await response.json();
const admin = rockset(seeded.credentials[0].secret, url);

const { data: issued } = await admin.apikeys.createApiKey({ name: 'container' });
const own = rockset(issued.key, url);
assert.equal((await own.apikeys.getApiKey('self', 'container')).data.state, 'ACTIVE');
await admin.apikeys.updateApiKey('container', 'self', { state: 'SUSPENDED' });
await assert.rejects(own.apikeys.getApiKey('self', 'container'), { type: 'AUTHEXCEPTION' });
await admin.apikeys.deleteApiKey('container', 'self');
await assert.rejects(admin.apikeys.getApiKey('self', 'container'), { type: 'NOTFOUND' });
console.log('life cycle: issued, used, suspended, refused, revoked');
