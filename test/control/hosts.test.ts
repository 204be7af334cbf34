import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ allowHosts: ['latchkey.demo.example.com', '*.app.github.dev'] });
const clock = (headers: Readonly<Record<string, string>>) => lk.request.get('/_latchkey/clock').set(headers);

describe('found 1.6: the control plane answers for', () => {
  test.each([
    'latchkey.demo.example.com',
    'Latchkey.Demo.Example.com:8080',
    'x-5282.app.github.dev',
    'a.b.app.github.dev',
    'latchkey.default.svc',
    'latchkey.default.svc.cluster.local',
    'latchkey.default.svc.cluster.local.:5282',
    'localhost.',
  ])('%s', async (host) => {
    await clock({ Host: host }).expect(200);
  });

  test.each([
    'demo.example.com',
    'a.latchkey.demo.example.com',
    'app.github.dev',
    'evilapp.github.dev',
    'latchkey.demo.example.com.evil.org',
    'svc.evil.org',
    'latchkey.default.svc.evil.org',
  ])('not for "%s", but for health and ready', async (host) => {
    const { body } = await clock({ Host: host }).expect(403);
    expect(body.error).toEqual({
      code: 'host_refused',
      message: `The control plane does not answer for the host name ${JSON.stringify(host)}: use an address or a local name, or allow it with --allow-host.`,
      details: null,
    });
    for (const path of ['health', 'ready']) await lk.request.get(`/_latchkey/${path}`).set('Host', host).expect(200);
  });
});

describe('found 1.7: web pages', () => {
  const page = 'https://tools.example.com';
  test('behind a proxy that changes Host are its own if the browser says so', async () => {
    await clock({ Host: 'latchkey:5282', Origin: page, 'Sec-Fetch-Site': 'same-origin' }).expect(200);
  });

  test.each([
    ['of another origin', { Host: 'latchkey:5282', Origin: page }],
    ['of another site', { Host: 'latchkey:5282', Origin: page, 'Sec-Fetch-Site': 'cross-site' }],
    ['of the same site', { Host: 'latchkey:5282', Origin: page, 'Sec-Fetch-Site': 'same-site' }],
    ['opened by hand, but with an origin', { Host: 'latchkey:5282', Origin: page, 'Sec-Fetch-Site': 'none' }],
    ['that rebind their name', { Host: 'evil.example', Origin: 'http://evil.example', 'Sec-Fetch-Site': 'same-origin' }],
    ['of another origin, for health', { Origin: page }],
  ])('%s are refused', async (what, headers) => {
    await lk.request
      .get(what.endsWith('health') ? '/_latchkey/health' : '/_latchkey/clock')
      .set(headers)
      .expect(403);
  });
});

describe('found 1.10: behind a proxy that ends TLS, URLs are those that its clients use', () => {
  test.each([
    ['https', 'https'],
    ['HTTPS, http', 'https'],
    ['http', 'http'],
    ['javascript', 'http'],
  ])('X-Forwarded-Proto: %s', async (proto, scheme) => {
    const headers = { Host: 'localhost:8443', 'X-Forwarded-Proto': proto };
    const { body } = await lk.request.get('/_latchkey/credentials').set(headers).expect(200);
    expect(body.rockset.url).toBe(`${scheme}://localhost:8443/rockset`);
    const { body: missing } = await lk.request.get('/nowhere').set(headers).expect(404);
    expect(missing.error.details.bases.kps).toBe(`${scheme}://localhost:8443/kps`);
    const { body: worlds } = await lk.request.get('/_latchkey/worlds').set(headers).expect(200);
    expect(worlds.worlds[0].url).toBe(`${scheme}://localhost:8443`);
  });
});
