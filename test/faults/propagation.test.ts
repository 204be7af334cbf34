import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { call, rockset } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../providers/emulator.ts';
import type { Holder, LifecycleDriver } from '../providers/lifecycle-driver.ts';

const lk = emulatorForTests();
const folder = join(import.meta.dirname, '..', 'providers');
const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const drivers = await Promise.all(
  names.map(async ({ name }): Promise<[string, LifecycleDriver]> => {
    const module: { readonly driver: LifecycleDriver } = await import(`../providers/${name}/driver.ts`);
    return [name, module.driver];
  }),
);
const delay = async (propagation: object, match = {}, ttl = '60s') =>
  (await lk.request.post('/_latchkey/faults').send({ match, effect: { propagation }, ttl }).expect(200)).body;
const agenda = async () => (await lk.request.get('/_latchkey/agenda').expect(200)).body;
const at = (seconds: number) => `2030-01-01T00:00:${String(seconds).padStart(2, '0')}.000Z`;

describe.each(drivers)('%s sees changes late', (name, driver) => {
  const http = () => supertest(`${lk.url}/${name}`);
  const holder = async (): Promise<Holder> => {
    const found = (await lk.world.credentials()).get(name)?.find((one) => one.name === driver.issuer);
    if (found?.secret == null || found.header === null) throw new Error(`${name} seeds no key for ${driver.issuer}`);
    return { name: driver.issuer, secret: found.secret, header: found.header };
  };
  const statusOf = async (secret: string) => (await driver.use(http(), secret)).status;

  test('a new key is unknown until the very millisecond, while whoever issued it goes on', async () => {
    await delay({ issue: '2s' }, { provider: name });
    const by = await holder();
    const { secret, handle } = await driver.issue(http(), by);
    expect(await driver.list(http(), by)).toContain(handle);
    lk.world.clock.advance(1_999);
    expect(await statusOf(secret)).toBe(driver.refusals.unknown);
    expect(await statusOf(by.secret)).toBe(200);
    lk.world.clock.advance(1);
    expect(await statusOf(secret)).toBe(200);
  });

  test('a revoked key is accepted until the very millisecond, and refused after it', async () => {
    await delay({ revoke: '10s' }, { provider: name });
    const by = await holder();
    const issued = await driver.issue(http(), by);
    expect(await driver.revoke(http(), by, issued)).toBe(200);
    expect(await driver.list(http(), by)).not.toContain(issued.handle);
    lk.world.clock.advance(10_000);
    expect(await statusOf(issued.secret)).toBe(200);
    lk.world.clock.advance(1);
    expect(await statusOf(issued.secret)).toBe(driver.refusals.revoked);
    lk.world.clock.advance(-1);
    expect(await statusOf(issued.secret)).toBe(200);
  });

  test('another provider does not', async () => {
    await delay({ issue: '1h', revoke: '1h' }, { provider: name === 'kps' ? 'rockset' : 'kps' });
    const by = await holder();
    const issued = await driver.issue(http(), by);
    expect(await statusOf(issued.secret)).toBe(200);
    await driver.revoke(http(), by, issued);
    expect(await statusOf(issued.secret)).toBe(driver.refusals.revoked);
  });

  test('until the fault is removed: then all is seen at once', async () => {
    const { id } = await delay({ issue: '1h', revoke: '1h' });
    const by = await holder();
    const issued = await driver.issue(http(), by);
    expect(await statusOf(issued.secret)).toBe(driver.refusals.unknown);
    await lk.request.delete(`/_latchkey/faults/${id}`).expect(200);
    expect(await statusOf(issued.secret)).toBe(200);
    await driver.revoke(http(), by, issued);
    expect(await statusOf(issued.secret)).toBe(driver.refusals.revoked);
  });
});

describe('what the control plane shows of it', () => {
  const force = (id: string, move: string) => lk.request.post(`/_latchkey/keys/${id}/${move}`).expect(200);
  const issue = async (name: string, more = {}) =>
    (
      await lk.request
        .post('/_latchkey/keys')
        .send({ provider: 'rockset', owner: 'member@me.com', name, ...more })
        .expect(200)
    ).body;

  test('the agenda has what is not seen yet, among the expiries, in order of time', async () => {
    await delay({ issue: '2s', revoke: '10s' }, { provider: 'rockset' });
    const { key: late } = await issue('late', { expiresIn: '5s' });
    const { body: seeded } = await lk.request
      .post('/_latchkey/introspect')
      .send({ secret: rockset.secret, provider: 'rockset' })
      .expect(200);
    const { body: revoked } = await force(seeded.key.id, 'revoke');
    const soon = (await agenda()).events.slice(0, 3);
    const { body: shownLate } = await lk.request.get(`/_latchkey/keys/${late.id}`).expect(200);
    expect(soon).toEqual([
      { at: at(2), event: 'issue seen', key: shownLate },
      { at: at(5), event: 'expiry', key: shownLate },
      { at: at(10), event: 'revocation seen', key: revoked },
    ]);
    const events = async () => (await agenda()).events.map(({ event }: { event: string }) => event).slice(0, 2);
    lk.world.clock.advance(2_000);
    expect(await events()).toEqual(['expiry', 'revocation seen']);
    lk.world.clock.advance(8_001);
    expect(await events()).not.toContain('revocation seen');
  });

  test('introspection and forward-auth say what the provider says', async () => {
    await delay({ issue: '2s' });
    const { secret } = await issue('late');
    const introspect = async () => (await lk.request.post('/_latchkey/introspect').send({ secret }).expect(200)).body;
    const authorize = () => lk.request.get('/_latchkey/authorize/rockset').set('Authorization', `ApiKey ${secret}`);
    expect(await introspect()).toMatchObject({ active: false, reason: 'key_unknown' });
    expect((await authorize()).status).toBe(401);
    lk.world.clock.advance(2_000);
    expect(await introspect()).toMatchObject({ active: true, reason: null });
    expect((await authorize()).status).toBe(200);
  });

  test('its `ttl` ends it in real time, for whoever asks first', async () => {
    await delay({ issue: '1h' }, {}, '30ms');
    const { secret } = await issue('late');
    const authorize = async () =>
      (await lk.request.get('/_latchkey/authorize/rockset').set('Authorization', `ApiKey ${secret}`)).status;
    await expect.poll(authorize, { interval: 5, timeout: 5000 }).toBe(200);
    expect((await lk.request.get('/_latchkey/faults')).body.faults).toEqual([]);
  });

  test('what was issued and revoked before it is known, and refused, as ever', async () => {
    const before = await issue('before');
    await force(before.key.id, 'revoke');
    await delay({ issue: '1h', revoke: '1h' });
    expect((await call(lk, rockset)).status).toBe(200);
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret: before.secret });
    expect(body).toMatchObject({ active: false, reason: 'key_revoked' });
    expect((await agenda()).events.filter(({ event }: { event: string }) => event !== 'expiry')).toEqual([]);
  });

  test('of several that say something of the same change the last one counts', async () => {
    await delay({ issue: '1h', revoke: '1h' });
    const { id } = await delay({ issue: '2s' }, { provider: 'rockset' });
    const { key } = await issue('late');
    await force(key.id, 'revoke');
    const events = async () => (await agenda()).events.filter(({ event }: { event: string }) => event !== 'expiry');
    expect(await events()).toMatchObject([
      { at: at(2), event: 'issue seen' },
      { at: '2030-01-01T01:00:00.000Z', event: 'revocation seen' },
    ]);
    await lk.request.delete(`/_latchkey/faults/${id}`).expect(200);
    expect(await events()).toMatchObject([{ at: '2030-01-01T01:00:00.000Z' }, { at: '2030-01-01T01:00:00.000Z' }]);
  });
});
