import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { driver as estuary } from '../providers/estuary/driver.ts';
import { driver as kps } from '../providers/kps/driver.ts';
import { driver as rockset } from '../providers/rockset/driver.ts';
import { driver as whylabs } from '../providers/whylabs/driver.ts';
import { emulatorForTests, epoch } from '../support/emulator.ts';
import { type IssuedKey, issueKey } from './issued-key.ts';

const lk = emulatorForTests();
const expiry = '2030-01-01T01:00:00.000Z';
const edge = (body: object) => lk.request.post('/_latchkey/clock/edge').send(body);
const clockNow = async () => (await lk.request.get('/_latchkey/clock')).body.now;

const providers = [
  ['estuary', estuary, { owner: 'alice' }],
  ['kps', kps, { owner: 'bob@example.com' }],
  ['rockset', rockset, { owner: 'member@me.com', name: 'edge' }],
  ['whylabs', whylabs, { organization: 'org-123', owner: 'user-123' }],
] as const;

describe.each(providers)('a key of %s', (name, driver, description) => {
  const use = (key: IssuedKey) => driver.use(supertest(`${lk.url}/${name}`), key.secret);
  const issue = () => issueKey(lk, { provider: name, ...description, expiresIn: '1h' });

  test.each([
    ['-1ms', '2030-01-01T00:59:59.999Z', 200],
    ['0s', expiry, 200],
    ['1ms', '2030-01-01T01:00:00.001Z', driver.refusals.expired],
    ['-59m', '2030-01-01T00:01:00.000Z', 200],
    ['PT1H', '2030-01-01T02:00:00.000Z', driver.refusals.expired],
  ])('at its expiry and %s: the clock is frozen at %s, and it is answered with %s', async (offset, now, status) => {
    const key = await issue();
    const { body } = await edge({ key: key.id, event: 'expiry', offset }).expect(200);
    expect(body).toEqual({ now, frozen: true, offsetMs: expect.any(Number) });
    expect((await use(key)).status).toBe(status);
    expect(await clockNow()).toBe(now);
  });

  test('is accepted at its expiry, refused a millisecond later, and accepted again when the clock is set back', async () => {
    const key = await issue();
    for (const [offset, status] of [['0ms', 200] as const, ['1ms', driver.refusals.expired] as const, ['0ms', 200] as const]) {
      await edge({ key: key.id, offset }).expect(200);
      expect((await use(key)).status).toBe(status);
    }
  });
});

describe('POST /clock/edge', () => {
  const issue = (life: object = { expiresIn: '1h' }) => issueKey(lk, { provider: 'estuary', owner: 'alice', ...life });

  test('without an offset is at the expiry, and freezes a running clock', async () => {
    const { id } = await issue();
    await lk.request.post('/_latchkey/clock/resume').expect(200);
    const { body } = await edge({ key: id }).expect(200);
    expect(body).toEqual({ now: expiry, frozen: true, offsetMs: expect.any(Number) });
    expect(await clockNow()).toBe(expiry);
  });

  test('leads to the expiry that a key has at present', async () => {
    const { id } = await issue();
    lk.world.clock.advance(1000);
    await lk.request.post(`/_latchkey/keys/${id}/expire`).expect(200);
    expect((await edge({ key: id }).expect(200)).body.now).toBe('2030-01-01T00:00:00.999Z');
  });

  test.each(['suspend', 'revoke'])('leads to the expiry of a key after %s too, which stays refused', async (move) => {
    const key = await issue();
    await lk.request.post(`/_latchkey/keys/${key.id}/${move}`).expect(200);
    expect((await edge({ key: key.id, offset: '-1ms' }).expect(200)).body.now).toBe('2030-01-01T00:59:59.999Z');
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret: key.secret });
    expect(body).toMatchObject({ active: false, reason: `key_${move}${move === 'revoke' ? 'd' : 'ed'}` });
  });

  test('leads to every expiry of the seed', async () => {
    const { body } = await lk.request.get('/_latchkey/keys').expect(200);
    const keys: readonly { id: string; expiresAt: string | null }[] = body.keys;
    const expiring = keys.filter(({ expiresAt }) => expiresAt !== null);
    expect(expiring.length).toBeGreaterThan(0);
    for (const { id, expiresAt } of expiring) expect((await edge({ key: id }).expect(200)).body.now).toBe(expiresAt);
  });

  test('moves only the clock of its own world', async () => {
    const { id } = await issue();
    await lk.request.post('/~elsewhere/_latchkey/clock/edge').send({ key: id }).expect(404);
    const elsewhere = await issueKey(lk, { provider: 'estuary', owner: 'alice', expiresIn: '2h' }, '/~elsewhere');
    const { body } = await lk.request.post('/~elsewhere/_latchkey/clock/edge').send({ key: elsewhere.id }).expect(200);
    expect(body.now).toBe(elsewhere.expiresAt);
    expect(lk.world.clock.now()).toBe(epoch);
    await lk.worlds.drop('elsewhere');
  });

  test('after the expiry is refused if that is the last possible instant', async () => {
    const { id } = await issue({ expiresAt: '9999-12-31T23:59:59.999Z' });
    expect((await edge({ key: id }).expect(200)).body.now).toBe('9999-12-31T23:59:59.999Z');
    const { body } = await edge({ key: id, offset: '1ms' }).expect(400);
    expect(body).toEqual(invalid('the clock cannot leave the years 0000 to 9999'));
    expect(await clockNow()).toBe('9999-12-31T23:59:59.999Z');
  });

  describe('refuses, and leaves the clock as it was', () => {
    const offsets = 'offset must be a duration such as -1ms, 0s or 1h';
    test.each<[object, object]>([
      [{ offset: '1 day' }, invalid(offsets)],
      [{ offset: '' }, invalid(offsets)],
      [{ offset: 'P1M' }, invalid(offsets)],
      [{ offset: 5 }, invalid('/offset must be a string, not 5', [{ path: '/offset', problem: 'must be a string, not 5' }])],
      [
        { event: 'birth' },
        invalid('/event must be one of expiry, not "birth"', [{ path: '/event', problem: 'must be one of expiry, not "birth"' }]),
      ],
      [{ offset: '-P800000D' }, invalid('the clock cannot leave the years 0000 to 9999')],
      [{ key: 7 }, invalid('/key must be a string, not 7', [{ path: '/key', problem: 'must be a string, not 7' }])],
    ])('%j', async (changes, answer) => {
      const { id } = await issue();
      const { body } = await edge({ key: id, ...changes }).expect(400);
      expect(body).toEqual(answer);
      expect(lk.world.clock.read()).toMatchObject({ now: epoch, frozen: true });
    });

    test('a body without a key', async () => {
      const { body } = await edge({}).expect(400);
      expect(body).toEqual(invalid('/key is missing', [{ path: '/key', problem: 'is missing' }]));
    });

    test('an unknown key', async () => {
      const { body } = await edge({ key: 'nope' }).expect(404);
      expect(body).toEqual({ error: { code: 'key_not_found', message: 'There is no key with the id "nope".', details: null } });
      expect(lk.world.clock.now()).toBe(epoch);
    });

    test('a key that never expires', async () => {
      const { id } = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'lasting' });
      const { body } = await edge({ key: id }).expect(400);
      expect(body).toEqual(invalid('the key never expires'));
      expect(lk.world.clock.now()).toBe(epoch);
    });
  });
});

function invalid(message: string, details: unknown = null): object {
  return { error: { code: 'request_invalid', message, details } };
}
