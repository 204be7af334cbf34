import { beforeAll, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { controlOperations } from './operations.ts';

const lk = emulatorForTests();

/** What the control plane has besides its calls, and besides the files of the dashboard, which are for everybody. */
const pages = [
  ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/index.html', '/docs/static/swagger-initializer.js'],
  ['/openapi.json', '/openapi/control.json', '/openapi/nope.json', '/seed.schema.json', '/SUPPORTED.md', '/ca.pem'],
  ['/nope', '/docs/nope', '/docs/static/', '/docs/static/%00', '/docs/%2e%2e/package.json', '/%zz', '//', '/docs//static'],
].flat();
const calls = [
  ...controlOperations.map(({ id, method, path, params, body }) => ({
    what: id,
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '1')),
    body,
  })),
  ...pages.flatMap((path) => ['GET', 'HEAD', 'POST', 'OPTIONS'].map((method) => ({ what: path, method, path, body: undefined }))),
];

const hostRefused = {
  code: 'host_refused',
  message:
    'The control plane does not answer for the host name "evil.example": use an address or a local name, or allow it with --allow-host.',
  details: null,
};
const originRefused = {
  code: 'origin_refused',
  message: 'The control plane does not answer web pages of other origins.',
  details: null,
};
const foreign: Readonly<Record<string, readonly [headers: Readonly<Record<string, string>>, error: object]>> = {
  'a foreign Host': [{ host: 'evil.example' }, hostRefused],
  'a foreign Origin': [{ origin: 'https://evil.example' }, originRefused],
  'an opaque Origin': [{ origin: 'null' }, originRefused],
  'a page of another site': [{ 'sec-fetch-site': 'cross-site' }, originRefused],
};

/** Everything that a call could have changed. */
async function state(): Promise<string> {
  const get = async (call: string) => (await exchange(`${lk.url}/_latchkey/${call}`)).body;
  const { total } = JSON.parse(await get('requests'));
  return JSON.stringify([lk.worlds.names(), lk.world.clock.now(), total, ...(await Promise.all(['keys', 'faults'].map(get)))]);
}

/** The files that the page of the documents loads. */
const files: string[] = [];
beforeAll(async () => {
  const { body } = await exchange(`${lk.url}/_latchkey/docs/`);
  for (const [, link = ''] of body.matchAll(/(?:href|src)="\.\/([^"]+)"/g)) files.push(`/docs/${link}`);
});

describe('every path of the control plane refuses foreign callers in its own shape, and makes nothing', () => {
  test.each(Object.entries(foreign))('%s', async (_, [headers, error]) => {
    expect(files.length).toBeGreaterThan(4);
    const before = await state();
    const all = [...calls, ...files.map((path) => ({ what: path, method: 'GET', path, body: undefined }))];
    for (const { what, method, path, body } of all) {
      // Its health and its readiness are for whoever checks them, by whatever name.
      if (['getHealth', 'getReadiness'].includes(what) && 'host' in headers) continue;
      for (const world of ['', '/~foreign']) {
        const target = `${world}/_latchkey${path}`;
        const answer = await exchange(lk.url, {
          target,
          method,
          headers: { accept: 'text/html', 'content-type': 'application/json', ...headers },
          ...(body && { body: JSON.stringify(body) }),
        });
        const shown = method === 'HEAD' ? '' : JSON.parse(answer.body);
        const type = answer.headers['content-type'];
        expect([method, target, answer.status, type, shown]).toEqual([
          ...[method, target, 403, 'application/json; charset=utf-8'],
          method === 'HEAD' ? '' : { error },
        ]);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
    expect(await state()).toBe(before);
  });
});
