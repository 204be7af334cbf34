// Prism's own command, serving this project's document of one provider; it prints nothing but what a start needs.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const port = await freePort();
const document = join(import.meta.dirname, '..', '..', 'openapi', 'rockset.json');
const { resolve } = createRequire(process.env.PEERS);
process.argv.push('mock', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'error', document);
createRequire(import.meta.url)(join(resolve('@stoplight/prism-cli/package.json'), '..', 'dist', 'index.js'));

const url = `http://127.0.0.1:${port}`;
while (!(await answers())) await wait(10);
console.log(url);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}

async function answers() {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
}
