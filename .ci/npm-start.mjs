// Checks that `npm start` answers, and that nothing answers any more a second after SIGTERM: the server must not outlive npm's shell.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const npm = spawn('npm', ['start'], { env: { ...process.env, LATCHKEY_PORT: '0' } });
const url = await new Promise((resolve, reject) => {
  npm.stdout.on('data', (chunk) => {
    const ready = /ready: (http:\/\/[\w.:]+)/.exec(String(chunk));
    if (ready) resolve(ready[1]);
  });
  npm.once('exit', () => reject(new Error('npm start ended before it was ready')));
});
assert.equal((await fetch(`${url}/_latchkey/health`)).status, 200);
npm.kill('SIGTERM');
await wait(1000);
await assert.rejects(fetch(`${url}/_latchkey/health`), 'it still answers a second after SIGTERM');
console.log('npm start: answered, and stopped on SIGTERM');
process.exit(0);
