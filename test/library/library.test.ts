import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, type Latchkey, LatchkeyError, type ProviderName, startLatchkey } from '../../src/library.ts';
import { guestNames } from '../support/guests.ts';

const running: Latchkey[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(options?: Parameters<typeof startLatchkey>[0]): Promise<Latchkey> {
  const lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z', providers: [...guestNames], ...options });
  running.push(lk);
  return lk;
}

const headersOf = (lk: Latchkey, provider: ProviderName, name: string): Record<string, string> => {
  const header = lk.credentials[provider]?.[name]?.header;
  return header ? { [header.name]: header.value } : {};
};
const statusOf = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).status;

describe('startLatchkey', () => {
  test('starts on any free port, with the base URL and the credentials of every provider', async () => {
    const lk = await start();
    expect(lk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(lk.urls).toEqual({
      estuary: `${lk.url}/estuary`,
      kps: `${lk.url}/kps`,
      rockset: `${lk.url}/rockset`,
      whylabs: `${lk.url}/whylabs`,
    });
    expect(lk.credentials['rockset']?.['admin']).toMatchObject({ secret: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(await statusOf(`${lk.urls['rockset']}/v1/orgs/self`, headersOf(lk, 'rockset', 'admin'))).toBe(200);
  });

  test('accepts every setting of the command', async () => {
    const lk = await start({
      providers: ['rockset', 'estuary'],
      profiles: { estuary: 'v0.4' },
      seed: 'none',
      adminToken: 't',
      explainHeader: true,
    });
    const answer = await fetch(`${lk.url}/health`);
    expect(answer.headers.get('x-appversion')).toBe('v0.4.3');
    expect(answer.headers.get('x-latchkey-request')).toBe('1');
    expect(Object.keys(lk.credentials)).toEqual(['estuary', 'rockset']);
    expect(await statusOf(`${lk.url}/_latchkey/clock`)).toBe(401);
    expect((await lk.clock.read()).now).toMatch(/^2030-01-01T/);
  });

  test('reads neither the environment nor a file', async () => {
    process.env['LATCHKEY_PORT'] = 'nonsense';
    await start();
    delete process.env['LATCHKEY_PORT'];
  });

  test('throws an error for settings that cannot be used, and leaves nothing open', async () => {
    // @ts-expect-error there is no such profile
    await expect(startLatchkey({ profiles: { estuary: 'v9' } })).rejects.toThrow(/^profiles\.estuary must be one of v0\./);
    await expect(startLatchkey({ seed: 'gone.yaml' })).rejects.toMatchObject({
      code: 'seed_invalid',
      message: 'gone.yaml: there is no such file',
    });
  });

  test('two in one process share nothing', async () => {
    const [one, other] = [await start(), await start()];
    const { key, credential } = await one.keys.issue({ provider: 'estuary', owner: 'alice' });
    await one.clock.advance('100h');
    const header = { [credential.header?.name ?? '']: credential.header?.value ?? '' };
    expect([await statusOf(`${one.url}/viewer`, header), await statusOf(`${other.url}/viewer`, header)]).toEqual([200, 401]);
    expect((await other.clock.read()).now).toMatch(/^2030-01-01T/);
    await expect(other.keys.get(key.id)).rejects.toThrow(LatchkeyError);
  });

  test('stops when it is closed, by `await using` too', async () => {
    let url = '';
    {
      await using lk = await startLatchkey();
      url = lk.url;
      expect(await statusOf(`${url}/health`)).toBe(200);
    }
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });
});

test('with `drain`, it answers for as long before it stops, but is not ready', async () => {
  const lk = await start({ drain: '1s' });
  expect(await lk.ready()).toEqual({ status: 'ready' });
  const began = performance.now();
  const closed = lk.close();
  expect(await lk.ready()).toEqual({ status: 'not ready', reason: 'latchkey is stopping' });
  expect((await lk.keys.list({ limit: 1 })).length).toBe(1);
  await closed;
  expect(performance.now() - began).toBeGreaterThan(990);
  await expect(lk.ready()).rejects.toMatchObject({ code: 'unreachable' });
  running.pop();
});

describe('the client', () => {
  test('moves the clock, to the edge of a key too', async () => {
    const lk = await start();
    expect(await lk.clock.freeze()).toMatchObject({ frozen: true });
    expect(await lk.clock.set('2031-01-01T00:00:00Z')).toMatchObject({ now: '2031-01-01T00:00:00.000Z', frozen: true });
    expect(await lk.clock.advance('-1h')).toMatchObject({ now: '2030-12-31T23:00:00.000Z' });
    const { key } = await lk.keys.issue({ provider: 'estuary', owner: 'bob', expiresIn: '5m' });
    expect(await lk.clock.edge(key.id, '1ms')).toMatchObject({ now: '2030-12-31T23:05:00.001Z', frozen: true });
    expect((await lk.agenda()).map(({ key: { id } }) => id)).not.toContain(key.id);
    expect(await lk.clock.resume()).toMatchObject({ frozen: false });
  });

  test('lists, issues and moves keys, and introspects secrets', async () => {
    const lk = await start();
    const { key, secret } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
    expect(await lk.introspect(secret)).toMatchObject({ active: true, provider: 'rockset', key: { id: key.id } });
    expect(await lk.keys.suspend(key.id)).toMatchObject({ state: 'suspended' });
    expect(await lk.introspect(secret, 'rockset')).toMatchObject({ active: false, reason: 'key_suspended' });
    expect(await lk.keys.resume(key.id)).toMatchObject({ state: 'active' });
    expect(await lk.keys.expire(key.id)).toMatchObject({ state: 'expired' });
    expect(await lk.keys.revoke(key.id)).toMatchObject({ state: 'revoked' });
    expect((await lk.keys.list({ provider: 'rockset', state: 'revoked' })).map(({ id }) => id)).toEqual([key.id]);
    expect(await lk.keys.get(key.id)).toMatchObject({ name: 'ci' });
  });

  test('shows the journal and explains an entry', async () => {
    const lk = await start();
    await fetch(`${lk.url}/viewer`);
    const [entry] = await lk.requests({ provider: 'estuary', status: 401, limit: 1 });
    expect(entry).toMatchObject({ operation: 'viewerGet', code: 'credential_missing' });
    expect((await lk.explain(entry?.id ?? '')).explanation.verdict).toBe('no credential');
    await lk.clearRequests();
    expect(await lk.requests()).toEqual([]);
  });

  test('gives the events as they happen', async () => {
    const lk = await start();
    const events = lk.events({ types: ['request', 'clock'] });
    await events.listening;
    await lk.clock.freeze();
    await fetch(`${lk.url}/viewer`);
    const heard: unknown[] = [];
    for await (const { id, type, data } of events) {
      heard.push([id, type, type === 'clock' ? data.frozen : data.code]);
      if (heard.length === 2) break;
    }
    expect(heard).toEqual([
      [1, 'clock', true],
      [2, 'request', 'credential_missing'],
    ]);
    const closed = lk.events();
    closed.close();
    for await (const event of closed) expect(event).toBeUndefined();
    await expect(lk.world('Not A World').events().listening).rejects.toThrow(LatchkeyError);
  });

  test('injects faults', async () => {
    const lk = await start();
    const fault = await lk.faults.add({ match: { provider: 'estuary' }, effect: { status: 429 }, times: 2 });
    expect(await lk.faults.list()).toEqual([fault]);
    expect(await statusOf(`${lk.url}/health`)).toBe(429);
    await lk.faults.remove(fault.id);
    expect(await statusOf(`${lk.url}/health`)).toBe(200);
    await lk.faults.add({ effect: { status: 500 }, times: null });
    await lk.faults.clear();
    expect(await lk.faults.list()).toEqual([]);
  });

  test('resets, and takes and restores snapshots', async () => {
    const lk = await start();
    await lk.keys.issue({ provider: 'estuary', owner: 'alice', name: 'kept' });
    const snapshot = await lk.snapshot();
    await lk.reset();
    expect((await lk.keys.list({ provider: 'estuary' })).map(({ name }) => name)).toEqual(['admin', 'alice', 'bob']);
    await lk.restore(snapshot);
    expect((await lk.keys.list({ provider: 'estuary' })).map(({ name }) => name)).toContain('kept');
    await lk.reset('empty');
    expect(await lk.keys.list()).toHaveLength(4);
  });

  test('drives worlds: each has its own, and can be dropped', async () => {
    const lk = await start();
    const world = lk.world('checkout-7');
    expect(world.url).toBe(`${lk.url}/~checkout-7`);
    await world.clock.advance('9000h');
    expect(await statusOf(`${world.url}/viewer`, headersOf(world, 'estuary', 'alice'))).toBe(401);
    expect(await statusOf(`${world.urls['estuary']}/viewer`, headersOf(world, 'estuary', 'alice'))).toBe(401);
    expect(await statusOf(`${lk.url}/viewer`, headersOf(lk, 'estuary', 'alice'))).toBe(200);
    await world.drop();
    expect(await statusOf(`${world.url}/viewer`, headersOf(world, 'estuary', 'alice'))).toBe(200);
    await expect(lk.drop()).rejects.toMatchObject({ code: 'world_is_default', status: 400 });
  });

  test('makes a world with a seed of its own, to which it is reset', async () => {
    const lk = await start();
    const seed = { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret: 'ESTcarolARY' }] } };
    const world = await lk.createWorld('carols', seed);
    expect(Object.keys(world.credentials['estuary'] ?? {}).toSorted()).toEqual(['admin', 'carol']);
    expect(await statusOf(`${world.url}/viewer`, headersOf(world, 'estuary', 'carol'))).toBe(200);
    expect(await statusOf(`${lk.url}/viewer`, headersOf(world, 'estuary', 'carol'))).toBe(401);
    expect(Object.keys(world.world('another').credentials['estuary'] ?? {})).toContain('alice');
    expect((await connect(`${lk.url}/~carols/`)).credentials).toEqual(world.credentials);
    await world.reset();
    expect(await world.introspect('ESTcarolARY')).toMatchObject({ active: true });
    await expect(lk.createWorld('carols', seed)).rejects.toMatchObject({ code: 'world_exists' });
    await expect(lk.createWorld('others', { estuary: { keys: [{ owner: 'nobody' }] } })).rejects.toMatchObject({ status: 400 });
  });

  test('throws the errors of the control plane', async () => {
    const lk = await start();
    // @ts-expect-error there is no such provider
    const error: unknown = await lk.keys.issue({ provider: 'nobody' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({
      status: 400,
      code: 'request_invalid',
      message: expect.stringContaining('unknown provider "nobody"'),
    });
  });
});

describe('connect', () => {
  test('drives a latchkey that runs elsewhere, which keeps running when the client is closed', async () => {
    const lk = await start();
    const client = await connect(`${lk.url}/`);
    expect(client.credentials).toEqual(lk.credentials);
    await client.clock.advance('1h');
    await client.close();
    expect(await statusOf(`${lk.url}/health`)).toBe(200);
  });

  test('throws an error if nothing answers, or if another server does', async () => {
    const { url, close } = await startLatchkey();
    await close();
    await expect(connect(url)).rejects.toMatchObject({
      name: 'LatchkeyError',
      status: 0,
      code: 'unreachable',
      message: expect.stringMatching(/^nothing answers at http:\S+: is latchkey started, and on this port\?$/),
    });
    const page = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(page, 'listening');
    const address = page.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await expect(connect(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ status: 200, code: 'not_latchkey' });
    page.close();
  });

  test('refuses a token that no header can carry, and does not show it', async () => {
    await expect(startLatchkey({ adminToken: 'sec\nret' })).rejects.toThrow(/^adminToken must be ASCII without a space/);
    await expect(connect('http://localhost', { adminToken: 'sec\nret' })).rejects.toMatchObject({
      message: 'the admin token cannot be sent in a header',
    });
  });

  test('sends the admin token if one is required', async () => {
    const lk = await start({ adminToken: 'open sesame' });
    await expect(connect(lk.url)).rejects.toMatchObject({ status: 401, code: 'admin_token_required' });
    expect((await connect(lk.url, { adminToken: 'open sesame' })).url).toBe(lk.url);
  });
});
