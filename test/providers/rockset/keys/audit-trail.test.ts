import { expect, test } from 'vitest';
import type { AuditPlace } from '../../../../src/provider/provider.ts';
import { auditTrail } from '../../../../src/providers/rockset/keys/audit.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { admin, keysOf, member, ownKeys, secrets } from '../rockset.ts';

const lk = emulatorForTests();
const page = (after: AuditPlace | undefined, limit: number) =>
  auditTrail(lk.world.keys('rockset'), lk.world.resources('rockset'), after, limit);
/** All events, without what tells those of one instant apart. */
const trail = async () => (await page(undefined, 1000)).events.map(({ id: _id, ...event }) => event);
const create = (body: object, by = admin) => lk.request.post(ownKeys).set('Authorization', by).send(body);
const fields = (name: string | null, email: string, details: string) => ({
  kind: 'API_KEY',
  api_key_name: name,
  user_email: email,
  details,
});
const created = (name: string, email: string, at = epoch) => ({
  at,
  event: 'API_KEY_CREATED',
  severity: 'INFO',
  fields: fields(name, email, `API key "${name}" was created`),
});

test('the creation and the deletion of keys are events, oldest first', async () => {
  lk.world.clock.advance(1000);
  await create({ name: 'k' }, member).expect(200);
  lk.world.clock.advance(1000);
  await lk.request.delete(keysOf('member@me.com', 'k')).set('Authorization', admin).expect(200);
  expect(await trail()).toEqual([
    ...['admin', 'member', 'reader'].map((name) => created(name, `${name}@me.com`)),
    created('k', 'member@me.com', epoch + 1000),
    {
      at: epoch + 2000,
      event: 'API_KEY_DELETED',
      severity: 'INFO',
      fields: fields('k', 'member@me.com', 'API key "k" was deleted'),
    },
  ]);
});

test('a key that is revoked with its user is an event too', async () => {
  await lk.request.delete('/v1/orgs/self/users/member@me.com').set('Authorization', admin).expect(200);
  const deleted = (await trail()).filter(({ event }) => event === 'API_KEY_DELETED');
  expect(deleted.map((event) => event.fields['api_key_name'])).toEqual(['member']);
});

test('a failed creation, update or deletion with an accepted key is an error', async () => {
  lk.world.clock.advance(1000);
  await create({ name: 'admin' }).expect(400);
  await create({ name: 5 }).expect(400);
  await create({ name: 'k', role: 'x' }).expect(404);
  await lk.request.post(keysOf('admin@me.com')).set('Authorization', member).send({ name: 'k' }).expect(403);
  await lk.request.post(keysOf('self', 'x')).set('Authorization', member).send({ state: 'ACTIVE' }).expect(404);
  await lk.request.delete(keysOf('self', 'y')).set('Authorization', member).expect(404);
  const errors = (await trail()).slice(3);
  expect(errors.map(({ at, event, severity }) => [at, event, severity])).toEqual(
    errors.map(() => [epoch + 1000, 'API_KEY_ERROR', 'ERROR']),
  );
  expect(errors.map((error) => error.fields)).toEqual([
    fields('admin', 'admin@me.com', 'API key "admin" already exists'),
    fields(null, 'admin@me.com', 'name must be a string'),
    fields('k', 'admin@me.com', 'Role "x" not found'),
    fields(null, 'member@me.com', 'Not authorized to perform this action'),
    fields('x', 'member@me.com', 'API key "x" not found'),
    fields('y', 'member@me.com', 'API key "y" not found'),
  ]);
});

test('failed reads, requests without an accepted key and other operations are not events', async () => {
  await lk.request.get(keysOf('self', 'x')).set('Authorization', admin).expect(404);
  await create({ name: 'k' }, 'ApiKey nothing').expect(401);
  await lk.request.post('/v1/orgs/self/users').set('Authorization', member).send({}).expect(400);
  expect(await trail()).toHaveLength(3);
});

test('the last hundred errors are kept', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => create({ name: ' ', role: `early-${index}` }).expect(400)));
  for (let index = 0; index < 100; index++) await create({ name: 'k', role: `late-${index}` }).expect(404);
  const details = (await trail()).slice(3).map((event) => event.fields['details']);
  expect(details).toEqual(Array.from({ length: 100 }, (_, index) => `Role "late-${index}" not found`));
});

test('a secret that was sent instead of a name is not kept', async () => {
  await lk.request.delete(keysOf('self', secrets.member)).set('Authorization', admin).expect(404);
  await create({ name: 'k', role: `x${secrets.member}` }).expect(404);
  const text = JSON.stringify(await trail());
  expect(text).not.toContain(secrets.member);
  expect(text).toContain('API key \\"member\\" not found');
});

test('found 6.10: pages of any size, by the last event of the page before, are the whole trail, ties included', async () => {
  for (const name of ['x', 'y', 'z']) await create({ name }, member).expect(200);
  for (let times = 0; times < 3; times++) await create({ name: 'x' }, member).expect(400);
  lk.world.clock.advance(1000);
  for (const name of ['z', 'x']) {
    await lk.request.delete(keysOf('member@me.com', name)).set('Authorization', admin).expect(200);
    await create({ name: 'y' }, member).expect(400);
  }
  const whole = await page(undefined, 1000);
  expect(whole.events.map(({ event }) => event)).toEqual([
    ...Array(6).fill('API_KEY_CREATED'),
    ...Array(3).fill('API_KEY_ERROR'),
    ...Array(2).fill('API_KEY_DELETED'),
    ...Array(2).fill('API_KEY_ERROR'),
  ]);
  expect(whole.total).toBe(13);
  for (const limit of [1, 2, 5, 13]) {
    const read: unknown[] = [];
    for (let after: AuditPlace | undefined; ; ) {
      const { events, total } = await page(after, limit);
      expect(total).toBe(13);
      read.push(...events);
      after = events.at(-1);
      if (events.length < limit) break;
    }
    expect(read).toEqual(whole.events);
  }
});
