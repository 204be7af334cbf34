import { afterEach, describe, expect, test } from 'vitest';
import { issueKey } from '../control/issued-key.ts';
import { call, callWith, estuary, seededCalls } from '../control/seeded-calls.ts';
import { alice, bearer, unknownToken } from '../providers/estuary/estuary.ts';
import { dump } from '../store/dump.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { begin } from '../support/begun-request.ts';
import { emulatorForTests, startTestEmulator } from '../support/emulator.ts';
import { lateWrites } from './late-writes.ts';

const lk = emulatorForTests();
const pathOf = scratchFolder();
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

const save = async (): Promise<Buffer> => (await lk.request.get('/_latchkey/snapshot').responseType('blob').expect(200)).body;
const restore = (file: Buffer) => lk.request.put('/_latchkey/snapshot').send(file).expect(200);
const reset = (to = 'seed') => lk.request.post('/_latchkey/reset').send({ to }).expect(200);
const control = (path: string, body: object = {}) => lk.request.post(`/_latchkey/${path}`).send(body).expect(200);
const stored = async () => dump(await save());

/** What replaces everything that a world holds. */
const replacements: readonly (readonly [name: string, replace: (file: Buffer) => Promise<unknown>])[] = [
  ['a reset', () => reset()],
  ['a reset to nothing', () => reset('empty')],
  ['a restore', (file) => restore(file)],
];

describe.each(replacements)('after %s (found 6.6)', (_name, replace) => {
  test.each(lateWrites)('a write to %s that began before is refused in its own words, and nothing is written', async (...row) => {
    const [provider, name, line, body, words] = row;
    const file = await save();
    const seeded = (await lk.world.credentials()).get(provider)?.find((credential) => credential.name === name)?.header;
    const [method = '', path] = line.split(' ');
    const send = await begin(lk, `/${provider}${path}`, method, { [seeded?.name ?? '']: seeded?.value ?? '' });
    await replace(file);
    const before = await stored();
    const answer = await send(body);
    expect(typeof words === 'string' ? answer.body : JSON.parse(answer.body)).toEqual(words);
    expect(await stored()).toEqual(before);
    const { requests } = (await lk.request.get('/_latchkey/requests?limit=1').expect(200)).body;
    expect(requests).toMatchObject([{ provider, method, code: 'unavailable' }]);
    const { explanation } = (await lk.request.get(`/_latchkey/requests/${requests[0].id}`).expect(200)).body;
    expect([explanation.verdict, explanation.sentence]).toEqual([
      'failed',
      'The world was reset, restored or dropped while the request was in progress: nothing was done.',
    ]);
  });

  test('a write that a fault held up is refused too', async () => {
    const file = await save();
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    await control('faults', { effect: { delay: '100ms' } });
    const isStruck = new Promise<void>((resolve) => {
      const stop = lk.world.events.listen(
        ({ type }) => {
          if (type !== 'fault') return;
          stop();
          resolve();
        },
        () => undefined,
      );
    });
    const waiting = lk.request
      .post('/user/api-keys')
      .set('Authorization', header.value)
      .then(({ status }) => status);
    await isStruck;
    await replace(file);
    const before = await stored();
    expect(await waiting).toBe(503);
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['POST', 'keys', { provider: 'estuary', owner: 'alice' }],
    ['POST', 'faults', { effect: { status: 503 } }],
    ['POST', 'clock/advance', { by: '1h' }],
    ['PUT', 'clock', { now: '2031-01-01T00:00:00Z' }],
  ])('%s /_latchkey/%s that began before does nothing', async (method, path, body) => {
    const file = await save();
    const send = await begin(lk, `/_latchkey/${path}`, method, {});
    await replace(file);
    const before = await stored();
    const message = 'The world was reset or restored during this request, so nothing was done.';
    expect(await send(body)).toEqual({
      status: 409,
      body: `${JSON.stringify({ error: { code: 'world_replaced', message, details: null } })}\n`,
    });
    expect(await stored()).toEqual(before);
    expect((await lk.request.get('/_latchkey/faults').expect(200)).body).toEqual({ faults: [], total: 0, cursor: null });
    expect(lk.world.clock.now()).toBeLessThan(Date.parse('2030-01-01T00:30:00Z'));
  });

  test('a reset that began before is done', async () => {
    const file = await save();
    const send = await begin(lk, '/_latchkey/reset', 'POST', {});
    await replace(file);
    expect(await send({ to: 'seed' })).toEqual({ status: 200, body: '{"to":"seed"}\n' });
    await call(lk, estuary).expect(200);
  });
});

describe('what a fault hid of a key ends with the key (found 6.2)', () => {
  const delayed = (propagation: object) => control('faults', { effect: { propagation }, ttl: '1h' });

  test.each(seededCalls)('a revocation at $provider', async (seeded) => {
    const { key } = (await control('introspect', { secret: seeded.secret, provider: seeded.provider })).body;
    await control(`keys/${key.id}/suspend`);
    const file = await save();
    await control(`keys/${key.id}/resume`);
    await delayed({ revoke: '1h' });
    await control(`keys/${key.id}/revoke`);
    await callWith(lk, seeded, seeded.secret).expect(200);
    await restore(file);
    const refused = await callWith(lk, seeded, seeded.secret);
    expect([401, 403]).toContain(refused.status);
    expect((await control('introspect', { secret: seeded.secret, provider: seeded.provider })).body.reason).toBe('key_suspended');
    expect((await lk.request.get('/_latchkey/agenda')).body.events.map(({ event }: { event: string }) => event)).not.toContain(
      'revocation seen',
    );
  });

  test('an issue', async () => {
    await delayed({ issue: '1h' });
    const { header, id } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    const file = await save();
    expect((await lk.request.get('/viewer').set('Authorization', header.value)).text).toBe(unknownToken);
    await restore(file);
    await lk.request.get('/viewer').set('Authorization', header.value).expect(200);
    expect((await lk.request.get(`/_latchkey/keys/${id}`).expect(200)).body.state).toBe('active');
  });

  test('while the fault itself goes on, for changes after the restore', async () => {
    await delayed({ issue: '1h', revoke: '1h' });
    await restore(await save());
    const { header, id } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    expect((await lk.request.get('/viewer').set('Authorization', header.value)).text).toBe(unknownToken);
    lk.world.clock.advance(3_600_000);
    await lk.request.get('/viewer').set('Authorization', header.value).expect(200);
    await control(`keys/${id}/revoke`);
    await lk.request.get('/viewer').set('Authorization', header.value).expect(200);
  });

  test('and so do the seeded credentials that are shown', async () => {
    const names = async () =>
      (await lk.request.get('/_latchkey/credentials').expect(200)).body.estuary.credentials.map(
        ({ name }: { name: string }) => name,
      );
    const [everything, bootstrap] = [['admin', 'alice', 'bob'], ['admin']];
    const file = await save();
    await reset('empty');
    expect(await names()).toEqual(bootstrap);
    const empty = await save();
    await restore(file);
    expect(await names()).toEqual(everything);
    await lk.request.get('/viewer').set('Authorization', alice).expect(200);
    await restore(empty);
    expect(await names()).toEqual(bootstrap);
    expect((await lk.request.get('/viewer').set('Authorization', bearer(estuary.secret))).text).toBe(unknownToken);
  });
});

test('a world in a file shows the credentials that it holds when it is opened again (found 6.2)', async () => {
  const db = pathOf('emptied.sqlite');
  const first = await startTestEmulator({ db });
  await first.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
  await first.close();
  const again = await startTestEmulator({ db });
  try {
    const { body } = await again.request.get('/_latchkey/credentials').expect(200);
    const names = ['estuary', 'kps', 'rockset', 'whylabs'].map((name) =>
      body[name].credentials.map((one: { name: string }) => one.name),
    );
    expect(names).toEqual([['admin'], ['admin'], ['admin'], ['system']]);
  } finally {
    await again.close();
  }
});
