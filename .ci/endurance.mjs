// Checks that memory does not grow: node .ci/endurance.mjs [--requests 500000] [--worlds 8]. Needs `npm run build`.
// Requests of every kind go to several worlds, with journals on. After the warm-up and at the end, garbage is collected and memory
// is measured; it may not have grown by more than half.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '500000' }, worlds: { type: 'string', default: '8' } },
});
const requests = Number(values.requests);
const worlds = Number(values.worlds);
const mostGrowth = 1.5;
const connections = 32;
// By then every journal is full and each world was reset once, so V8 and SQLite have allocated what they keep for themselves. That
// is most of the resident memory, and until then it differs from run to run.
const warmUp = Math.max(requests / 4, worlds * 12_500);
assert.ok(requests >= 2 * warmUp, `${worlds} worlds need at least ${2 * warmUp} requests`);

// Starts the server so that it can be asked for its memory use after a garbage collection.
const inspection = `
  import { setTimeout as wait } from 'node:timers/promises';
  process.on('message', async () => {
    for (let round = 0; round < 4; round++) {
      gc();
      await wait(50);
    }
    process.send(process.memoryUsage());
  });
  process.channel.unref();`;
const preload = `data:text/javascript,${encodeURIComponent(inspection)}`;
const server = spawn(process.execPath, ['--expose-gc', '--import', preload, 'dist/cli.js'], {
  // One malloc arena: with one for each thread, memory differs from run to run by more than a small leak.
  env: { ...process.env, MALLOC_ARENA_MAX: '1', LATCHKEY_PORT: '0', LATCHKEY_LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const url = await new Promise((resolve, reject) => {
  server.stdout.on('data', (chunk) => resolve(/http:\/\/[\w.:]+/.exec(String(chunk))?.[0]));
  server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
});
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const statuses = new Map();

const { hostname: host, port } = new URL(url);

/** Sends a request; gives the body of its answer. Plain callbacks, because the load must cost less CPU than the server. */
function send(method, path, header, body) {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {};
  if (header !== undefined) headers[header.name] = header.value;
  if (payload !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = Buffer.byteLength(payload);
  }
  return new Promise((resolve, reject) => {
    const sending = request({ host, port, method, path, agent, headers }, (answer) => {
      let content = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        content += part;
      });
      answer.on('end', () => {
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        resolve(content);
      });
    });
    sending.on('error', reject);
    sending.end(payload);
  });
}

const seeded = JSON.parse(await send('GET', '/_latchkey/credentials'));
const [estuary, kps, rockset, whylabs] = ['estuary', 'kps', 'rockset', 'whylabs'].map(
  (provider) => seeded[provider].credentials[1].header,
);
const filler = 'All work and no play makes Jack a dull boy. '.repeat(100);

// The requests to a world, in turn. The serial number makes each a little different.
const keysOfRockset = '/v1/orgs/self/users/self/apikeys';
const calls = [
  (world) => send('GET', `${world}/viewer`, estuary),
  (world) => send('GET', `${world}/user/api-keys`, estuary),
  (world) => send('GET', `${world}/v1.0/userapitokens`, kps),
  (world) => send('GET', `${world}${keysOfRockset}`, rockset),
  (world) => send('GET', `${world}/v1/api-key/validate`, whylabs),
  (world, serial) => send('GET', `${world}/viewer`, { name: 'authorization', value: `Bearer EST${serial}ARY` }),
  (world, serial) => send('GET', `${world}/v1/api-key/validate`, { name: 'x-api-key', value: `unknown-${serial}` }),
  (world, serial) => send('GET', `${world}/rockset/no/such/path/${serial}`, rockset),
  (world, serial) => send('POST', `${world}${keysOfRockset}`, undefined, { name: `${serial} ${filler}` }),
  (world, serial) => send('POST', `${world}/v1.0/login`, undefined, { email: `${serial % 100}@example.com`, password: filler }),
  (world) => send('POST', `${world}/_latchkey/clock/advance`, undefined, { by: '1s' }),
  (world) => send('GET', `${world}/_latchkey/requests?limit=5`),
];
const rareCalls = [
  async (world, serial) => {
    await send('POST', `${world}${keysOfRockset}`, rockset, { name: `key-${serial}` });
    await send('DELETE', `${world}${keysOfRockset}/key-${serial}`, rockset);
  },
  async (world) => {
    const { token } = JSON.parse(await send('POST', `${world}/user/api-keys?expiry=5s`, estuary));
    await send('GET', `${world}/viewer`, { name: 'authorization', value: `Bearer ${token}` });
  },
  (world, serial) =>
    send('POST', `${world}/_latchkey/faults`, undefined, { match: { path: `/${serial}` }, effect: { status: 429 }, ttl: '1s' }),
  async (_world, serial) => {
    await send('GET', `/~passing-${serial}/viewer`, estuary);
    await send('DELETE', `/_latchkey/worlds/passing-${serial}`);
  },
];

let sent = 0;
async function sendUntil(end) {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (sent < end) {
        const serial = sent++;
        const world = `/~endurance-${serial % worlds}`;
        const turn = Math.floor(serial / worlds);
        // A test suite resets its world now and then. Until it does, revoked keys stay stored.
        if (turn % 10_000 === 9_999) await send('POST', `${world}/_latchkey/reset`);
        else if (turn % 100 === 99) await rareCalls[Math.floor(turn / 100) % rareCalls.length](world, serial);
        else await calls[turn % calls.length](world, serial);
      }
    }),
  );
}

async function memory() {
  server.send('measure');
  const [{ rss, heapUsed, external }] = await once(server, 'message');
  return { resident: rss / 2 ** 20, heap: (heapUsed + external) / 2 ** 20 };
}

const startedAt = performance.now();
await sendUntil(warmUp);
const before = await memory();
await sendUntil(requests);
const after = await memory();
const seconds = (performance.now() - startedAt) / 1000;
agent.destroy();
server.kill('SIGTERM');

const growth = Object.fromEntries(Object.keys(before).map((kind) => [kind, after[kind] / before[kind]]));
const shown = (kind) =>
  `${kind} ${before[kind].toFixed(1)} MiB, then ${after[kind].toFixed(1)} MiB (× ${growth[kind].toFixed(2)})`;
console.log(
  `endurance: ${sent} requests to ${worlds} worlds in ${seconds.toFixed(0)} s (${Math.round(sent / seconds)} per second)`,
);
console.log(`after ${warmUp} requests and at the end: ${shown('resident')}; ${shown('heap')}`);
console.log(
  `statuses: ${[...statuses]
    .sort()
    .map(([status, count]) => `${status} × ${count}`)
    .join(', ')}`,
);
assert.deepEqual(
  [...statuses.keys()].filter((status) => status >= 500),
  [],
  'something failed',
);
for (const [kind, factor] of Object.entries(growth))
  assert.ok(factor <= mostGrowth, `memory grows: ${kind} × ${factor.toFixed(2)}`);
