import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { controlOperations } from './operations.ts';

const lk = emulatorForTests();

describe('redirects are relative, so that they stay in a world and below the path of a proxy (found 1.7)', () => {
  test.each([
    ['/_latchkey', '_latchkey/', '/_latchkey/'],
    ['/_latchkey/docs', 'docs/', '/_latchkey/docs/'],
    ['/_latchkey/docs?urls.primaryName=kps', 'docs/?urls.primaryName=kps', '/_latchkey/docs/?urls.primaryName=kps'],
    ['/_latchkey/docs/static/index.html', '../', '/_latchkey/docs/'],
    ['/~shop-7/_latchkey', '_latchkey/', '/~shop-7/_latchkey/'],
    ['/', '_latchkey/', '/_latchkey/'],
    ['/~shop-7', '~shop-7/_latchkey/', '/~shop-7/_latchkey/'],
    ['/~shop-7/', '_latchkey/', '/~shop-7/_latchkey/'],
  ])('%s', async (path, location, target) => {
    const { status, headers } = await exchange(lk.url + path, { headers: { accept: 'text/html' } });
    expect([status, headers.location]).toEqual([302, location]);
    expect(new URL(location, `http://proxy/tools/lk${path}`).href).toBe(`http://proxy/tools/lk${target}`);
  });
});

describe('documents', () => {
  const names = ['control', 'estuary', 'kps', 'rockset', 'whylabs'];

  test.each(['', '/~shop-7'])('call the latchkey and the world that they come from: %j', async (world) => {
    const base = `${lk.url}${world}`;
    const documents = [
      { url: `${base}/_latchkey/openapi.json`, server: `${base}/_latchkey/` },
      ...names.map((name) => ({
        url: `${base}/_latchkey/openapi/${name}.json`,
        server: name === 'control' ? `${base}/_latchkey/` : `${base}/${name}`,
      })),
    ];
    for (const { url, server } of documents) {
      const { servers } = JSON.parse((await exchange(url)).body);
      expect(servers).toEqual([{ url: expect.any(String), description: 'Here: this latchkey, this world' }]);
      expect(new URL(servers[0].url, url).href).toBe(server);
    }
  });

  test('the page asks for them relative to itself, and is ours (found 3.15)', async () => {
    const page = (await exchange(`${lk.url}/~shop-7/_latchkey/docs/`)).body;
    expect(page).toContain('<title>latchkey</title>');
    const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      expect(link).toMatch(/^\.\/static\//);
      expect(await exchange(`${lk.url}/~shop-7/_latchkey/docs/${link}`)).toMatchObject({ status: 200 });
    }
    const { body: initializer } = await exchange(`${lk.url}/_latchkey/docs/static/swagger-initializer.js`);
    for (const name of names) expect(initializer).toContain(`"../openapi/${name}.json"`);
    expect(initializer).toContain('data:image/svg+xml;base64,');
  });

  test('a file that the page does not have is refused in the shape of the control plane', async () => {
    const message = 'The page of the API documents has no such file.';
    for (const file of ['static/nope.js', 'nope', '%00', 'static/%2e%2e/package.json']) {
      const { status, body } = await exchange(lk.url, { target: `/_latchkey/docs/${file}` });
      expect([file, status, JSON.parse(body)]).toEqual([
        file,
        404,
        { error: { code: 'file_not_found', message, details: null } },
      ]);
    }
  });

  test('descriptions have no tags, which a page would not show', async () => {
    for (const name of names) {
      const document = JSON.parse((await exchange(`${lk.url}/_latchkey/openapi/${name}.json`)).body);
      expect(document.info.description.replace(/`[^`]*`/g, '')).not.toMatch(/<\w/);
    }
  });
});

describe('the example of every call can be sent as it is (found 3.15)', () => {
  /** What there is only once somebody has made it, or has started a latchkey with it. */
  const missing: Readonly<Record<string, string>> = {
    explainRequest: 'request_not_found',
    removeFault: 'fault_not_found',
    getTls: 'tls_is_off',
    getMutant: 'mutation_is_off',
  };
  beforeEach(async () => {
    if (lk.worlds.names().includes('checkout')) await lk.worlds.drop('checkout');
  });
  // The stream does not end, a snapshot is no text, and the seeded key with a fixed id never expires.
  const others = ['streamEvents', 'putSnapshot', 'setClockToEdge'];
  const calls = controlOperations.filter(({ id }) => !others.includes(id));

  test.each(calls.map((call) => [call.id, call] as const))('%s', async (id, { method, path, params, body }) => {
    if (id === 'dropWorld') await lk.worlds.create('checkout');
    const url = `${lk.url}/_latchkey${path.replace(/\{([^}]+)\}/g, (_, name: string) => String(params[name]))}`;
    const answer = await exchange(url, { method, body: body === undefined ? '' : JSON.stringify(body) });
    if (missing[id] === undefined) return expect([answer.status, answer.body.slice(0, 300)]).toEqual([200, expect.anything()]);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([404, missing[id]]);
  });
});
