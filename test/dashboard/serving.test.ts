import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { bundleDashboard } from '../../scripts/dashboard.ts';
import { root } from '../../src/package.ts';
import { exchange } from '../control/exchange.ts';
import { emulatorForTests, startTestEmulator } from '../support/emulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-dashboard-'));
await bundleDashboard(root, folder);
afterAll(() => rmSync(folder, { recursive: true }));

const lk = emulatorForTests({ adminToken: 'the-token', dashboardFolder: folder });
const page = async (path = '', headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  exchange(lk.url, { target: `/_latchkey/${path}`, method, headers });

/** The files that the page names. */
async function filesOfPage() {
  const { body } = await page();
  return [...body.matchAll(/(?:href|src)="(ui\/[^"]+)"/g)].map(([, path = '']) => path);
}

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'Accept-Encoding',
};

describe('the dashboard is served', () => {
  test('with its headers', async () => {
    const answer = await page();
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      etag: expect.stringMatching(/^W\/".{16}"$/),
    });
    const files = await filesOfPage();
    expect(files.map((file) => file.replace(/-[0-9A-Z]{8}\./, '-#.'))).toEqual(['ui/style-#.css', 'ui/app-#.js']);
    for (const file of files) {
      const { status, headers: given } = await page(file);
      expect([file, status]).toEqual([file, 200]);
      expect(given).toMatchObject({ ...headers, 'cache-control': 'max-age=31536000, immutable' });
      expect(given['content-type']).toBe(`text/${file.endsWith('.js') ? 'javascript' : 'css'}; charset=utf-8`);
    }
  });

  test('zipped where that is accepted, and the same', async () => {
    for (const path of ['', ...(await filesOfPage())]) {
      const url = `${lk.url}/_latchkey/${path}`;
      const plain = await page(path, { 'accept-encoding': 'gzip;q=0, identity' });
      expect(plain.headers).not.toHaveProperty('content-encoding');
      const zipped = await fetch(url, { headers: { 'accept-encoding': 'br, gzip' } });
      expect(zipped.headers.get('content-encoding')).toBe('gzip');
      expect(await zipped.text()).toBe(plain.body);
      expect(zipped.headers.get('etag')).toBe(plain.headers['etag']);
    }
  });

  test('once: 304 for who has it', async () => {
    for (const path of ['', ...(await filesOfPage())]) {
      const { headers: given } = await page(path);
      const again = await page(path, { 'if-none-match': `"other", ${given['etag']}` });
      expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', given['etag']]);
      expect((await page(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  test('to HEAD, without its body', async () => {
    const { headers: whole } = await page();
    const head = await page('', {}, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', whole['content-length']]);
  });

  test('without a token, by any name and from any page: it holds no data', async () => {
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { host: 'demo.example.com' },
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const path of ['', ...(await filesOfPage())])
      for (const one of foreign) expect((await page(path, one)).status).toBe(200);
    // What it shows is not.
    expect((await page('keys')).status).toBe(401);
  });

  test('below a world that is not there, and makes none', async () => {
    for (const path of ['', ...(await filesOfPage())])
      expect((await exchange(`${lk.url}/~nobody/_latchkey/${path}`)).status).toBe(200);
    expect(lk.worlds.names()).toEqual(['default']);
  });

  test.each(['ui/', 'ui/nope.js', 'ui/files.json', 'ui/..%2f..%2fpackage.json', 'ui/constructor', 'ui/index.html.gz'])(
    'and nothing else: %s',
    async (path) => expect((await page(path, { authorization: 'Bearer the-token' })).status).toBe(404),
  );
});

test('its sizes are within the budget', async () => {
  const { body } = await page();
  const sizes = await Promise.all(
    (await filesOfPage()).map(async (path) => {
      const bytes = Buffer.from((await page(path)).body);
      return { path, raw: bytes.length, zipped: gzipSync(bytes, { level: 9 }).length };
    }),
  );
  const zipped = (ending: string) => sizes.find(({ path }) => path.endsWith(ending))?.zipped;
  expect(zipped('.js')).toBeGreaterThan(5_000);
  expect(zipped('.js')).toBeLessThanOrEqual(35 * 1024);
  expect(zipped('.css')).toBeLessThanOrEqual(4 * 1024);
  expect(sizes.reduce((sum, { raw }) => sum + raw, body.length)).toBeLessThanOrEqual(250 * 1024);
});

test('no text becomes code or markup, and nothing is asked for elsewhere than below the page', async () => {
  for (const path of await filesOfPage()) {
    const { body } = await page(path);
    expect(body).not.toMatch(/\binsertAdjacentHTML\b|\bouterHTML\b|document\.write|\beval\(|new Function\b|@import|url\(/);
    // Preact itself has one, which only the attribute `dangerouslySetInnerHTML` reaches; the page never gives it.
    expect(body.match(/dangerouslySetInnerHTML:/g)).toBeNull();
    // A call or a link that begins at the root leaves a proxy's path.
    expect(body).not.toMatch(/(?:fetch|URL|call|href[:=]|src[:=])\(?["'`]\/(?!\/)/);
    const addresses = [...body.matchAll(/["'`](https?:[^"'`]*)/g)].map(([, url]) => url);
    expect(addresses.filter((url) => !url?.startsWith('http://www.w3.org/'))).toEqual([]);
  }
});

test('a checkout that is not built says what to do', async () => {
  const unbuilt = await startTestEmulator({ dashboardFolder: join(folder, 'nowhere') });
  const { status, body } = await exchange(`${unbuilt.url}/_latchkey/`);
  await unbuilt.close();
  expect([status, JSON.parse(body)]).toEqual([
    404,
    {
      error: {
        code: 'dashboard_not_built',
        message:
          'This latchkey runs from its source, and its dashboard is not built yet: run npm run build. The API documents are at docs/.',
        details: null,
      },
    },
  ]);
});

test('each file is there once, zipped', () => {
  const names = readdirSync(folder).map((name) => name.replace(/-[0-9A-Z]{8}\./, '-#.'));
  expect(names.toSorted()).toEqual(['app-#.js.gz', 'files.json', 'index.html.gz', 'style-#.css.gz']);
});
