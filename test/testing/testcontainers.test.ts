import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { LatchkeyContainer } from '../../src/testing/testcontainers.ts';
import { overHttp2 } from '../server/tls/secure-call.ts';

test('the library drives a container once it has started; a stopped one no longer answers', async () => {
  const container = await new LatchkeyContainer().start();
  const lk = await container.connect();
  const { credential } = await lk.keys.issue({ provider: 'estuary', owner: 'bob' });
  const headers = { [credential.header?.name ?? '']: credential.header?.value ?? '' };
  expect((await fetch(`${container.getUrl()}/viewer`, { headers })).status).toBe(200);
  await container.stop();
  await expect(fetch(`${container.getUrl()}/health`)).rejects.toThrow();
});

test('methods set its settings', async () => {
  const container = await new LatchkeyContainer('registry.example/latchkey:1')
    .withClock('2030-01-01T00:00:00Z')
    .withProviders('rockset', 'estuary')
    .withProfile('estuary', 'v0.4')
    .withSeedFile(join(root, 'examples', 'seeds', 'rockset.yaml'))
    .withAdminToken('open sesame')
    .start();
  const lk = await container.connect();
  expect((await lk.clock.read()).now).toMatch(/^2030-01-01T/);
  expect(Object.keys(lk.urls)).toEqual(['estuary', 'rockset']);
  expect((await fetch(`${container.getUrl()}/health`)).headers.get('x-appversion')).toBe('v0.4.3');
  expect((await lk.keys.list({ provider: 'rockset', state: 'suspended' })).length).toBeGreaterThan(0);
  expect((await fetch(`${container.getUrl()}/_latchkey/clock`)).status).toBe(401);
});

test('withTls: https on its own port', async () => {
  const container = await new LatchkeyContainer().withTls().start();
  const { ca } = await (await container.connect()).tls();
  const answer = await overHttp2({ url: `${container.getHttpsUrl()}/`, ca });
  expect(answer).toEqual({ status: 200, body: { message: 'GO ROCKSET!' } });
});
