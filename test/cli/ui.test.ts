import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('ui: prints the address of the dashboard, with the world and the token', async () => {
  const url = `${driven.lk.url}/_latchkey/`;
  expect(await driven.run('ui')).toEqual({ status: 0, stdout: `${url}\n`, stderr: '' });
  expect((await driven.run('ui', '--json')).stdout).toBe(`${JSON.stringify({ url })}\n`);
  const { stdout } = await driven.run('ui', '--world', 'shop-7', '--admin-token', 't0ken/+');
  expect(stdout).toBe(`${driven.lk.url}/~shop-7/_latchkey/#token=t0ken%2F%2B\n`);
});

test('ui: says where nothing answers', async () => {
  const { status, stdout, stderr } = await runHere(['ui', '--url', 'http://127.0.0.1:1']);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^latchkey: there is no dashboard at http:\/\/127\.0\.0\.1:1: /);
});

test('ui --open: hands the address to the browser', async () => {
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const browser = join(driven.folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\nexec curl -s -H "at: $1" http://127.0.0.1:${port}/\n`);
  chmodSync(browser, 0o755);
  const asked = once(server, 'request');
  const env = { LATCHKEY_URL: driven.lk.url, BROWSER: browser };
  expect((await runHere(['ui', '--open'], { env })).status).toBe(0);
  const [request] = await asked;
  server.close();
  expect(request.headers.at).toBe(`${driven.lk.url}/_latchkey/`);
});

test('ui --open: without a browser it says what to open', async () => {
  const env = { LATCHKEY_URL: driven.lk.url, BROWSER: join(driven.folder, 'nothing') };
  expect(await runHere(['ui', '--open'], { env })).toEqual({
    status: 1,
    stdout: '',
    stderr: `latchkey: no browser could be started with ${env.BROWSER}: open ${driven.lk.url}/_latchkey/ yourself\n`,
  });
});
