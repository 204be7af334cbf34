import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Instant, systemClock } from '../../src/clock.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { emptySeeds } from '../../src/worlds/seeds.ts';
import { requests } from '../fuzz/requests.ts';
import { aimsOf, send } from '../fuzz/sending.ts';
import { epoch, startTestEmulator, type TestEmulator, type TestOptions } from '../providers/emulator.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { dump } from '../store/dump.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { eventsSince } from '../worlds/events-since.ts';
import { issueKey } from './issued-key.ts';

const pathOf = scratchFolder();
const providers = await loadProviders();
const yearMs = 366 * 24 * 3_600_000;
const running: TestEmulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())));

async function boot(options: TestOptions = {}): Promise<TestEmulator> {
  const emulator = await startTestEmulator(options);
  running.push(emulator);
  return emulator;
}

/** Many requests as clients may send them, some of which succeed: always the same ones. */
async function useProviders(emulator: TestEmulator): Promise<void> {
  for (const { name, unimplemented } of providers) {
    const { target }: { readonly target: FuzzTarget } = await import(`../providers/${name}/fuzz.ts`);
    const sent = fc.sample(requests(target, await aimsOf(emulator, name, unimplemented)), { numRuns: 200, seed: 42 });
    for (const request of sent) await send(`${emulator.url}/${name}`, request);
  }
}

/** Changes everything that the control plane can change: keys in every state, faults, propagation, the clock, the journal. */
async function useControl(emulator: TestEmulator): Promise<void> {
  const control = (call: string, body: object = {}) => emulator.request.post(`/_latchkey/${call}`).send(body).expect(200);
  const issued = await Promise.all([
    issueKey(emulator, { provider: 'estuary', owner: 'admin', expiresIn: '1h' }),
    issueKey(emulator, { provider: 'kps', owner: 'admin@example.com' }),
    issueKey(emulator, { provider: 'rockset', owner: 'admin@me.com', name: 'added' }),
    issueKey(emulator, { provider: 'whylabs', organization: 'org-123', owner: 'user-9' }),
  ]);
  await control('clock/advance', { by: '3h' });
  await control('clock/freeze');
  await control('faults', { effect: { propagation: { issue: '1h', revoke: '1h' } } });
  await control('faults', { effect: { status: 503 }, times: null });
  const late = await issueKey(emulator, { provider: 'estuary', owner: 'admin' });
  for (const [index, move] of (['suspend', 'revoke', 'expire', 'revoke'] as const).entries()) {
    await control(`keys/${issued[index]?.id}/${move}`);
  }
  await emulator.request.get('/viewer').set(late.header.name, late.header.value).expect(503);
  await readings(emulator);
}

/** Everything that a world shows. */
async function readings({ request, world }: TestEmulator): Promise<unknown> {
  const shown: [string, unknown][] = [];
  for (const call of ['keys', 'agenda', 'credentials', 'clock', 'faults', 'requests', 'requests/count', 'audit']) {
    const { body } = await request.get(`/_latchkey/${call}`).set('Host', 'localhost').expect(200);
    shown.push([call, withoutIds(call === 'clock' ? { ...body, offsetMs: null } : body)]);
  }
  for (const [provider, credentials] of await world.credentials()) {
    for (const { header } of credentials) {
      for (const path of lists[provider] ?? []) {
        const ask = request.get(`/${provider}${path}`);
        const { status, text } = await (header === null ? ask : ask.set(header.name, header.value));
        shown.push([path, [status, withoutTraces(text)]]);
      }
    }
  }
  return shown;
}

const lists: Readonly<Record<string, readonly string[]>> = {
  estuary: ['/viewer', '/user/api-keys', '/user/export', '/user/stats', '/admin/users', '/admin/invites'],
  kps: ['/v1.0/userapitokens', '/v1.0/userapitokensall', '/v1.0/users'],
  rockset: ['/v1/orgs/self', '/v1/orgs/self/users', '/v1/orgs/self/users/self/apikeys', '/v1/orgs/self/roles'],
  whylabs: ['/v1/api-key/validate', '/v0/organizations/org-123/api-key', '/v0/organizations/org-123/membership'],
};

/** Ids of keys are random. */
function withoutIds(shown: unknown): unknown {
  return JSON.parse(
    JSON.stringify(shown, (name, value) => (name === 'id' || (name === 'key' && typeof value === 'string') ? '' : value)),
  );
}

/** Ids that are new in each answer. */
function withoutTraces(text: string): string {
  return text.replace(/"(trace_id|requestId)":"[^"]*"/g, '');
}

/** Every row of every table. */
function rows({ world }: TestEmulator): unknown {
  const { api_keys = [], ...rest } = dump(world.store.snapshot());
  return { ...rest, api_keys: api_keys.map((row) => ({ ...row, id: '' })) };
}

/** Expects that a world's clock was restarted after `since` in real time, and freezes it at its start, so that two worlds can be compared. */
function stopAtStart({ world }: TestEmulator, since: Instant): void {
  const { frozen, offsetMs } = world.clock.read();
  expect(frozen).toBe(false);
  expect(offsetMs).toBeLessThanOrEqual(epoch - since);
  expect(offsetMs).toBeGreaterThanOrEqual(epoch - systemClock.now());
  world.clock.freezeAt(epoch);
}

/** The keys whose expiry is told while the clock advances by a year. */
async function expiries({ world }: TestEmulator): Promise<unknown> {
  const since = world.events.lastId;
  world.clock.advance(yearMs);
  await world.catchUp();
  return withoutIds(
    eventsSince(world.events, since)
      .filter(({ type }) => type === 'key')
      .map((event) => [event.at, event.data()]),
  );
}

describe.each([
  ['seed', {}],
  ['empty', { seeds: emptySeeds }],
] as const)('POST /reset to %s, after whatever was done', (to, options) => {
  test.each([
    ['memory', 'frozen'],
    ['memory', 'running'],
    ['a file', 'running'],
  ])(
    'makes of a world in %s, its clock %s, what a fresh boot makes: in every table and in everything that is kept in memory',
    async (place, state) => {
      const used = await boot(place === 'memory' ? {} : { db: pathOf(`${to}.sqlite`) });
      const bootedAfter = systemClock.now();
      const fresh = await boot(options);
      await useProviders(used);
      await useControl(used);
      if (state === 'running') used.world.clock.resume();
      expect(rows(used)).not.toEqual(rows(fresh));
      const resetAfter = systemClock.now();
      expect((await used.request.post('/_latchkey/reset').send({ to }).expect(200)).body).toEqual({ to });

      expect(rows(used)).toEqual(rows(fresh));
      for (const { world } of [used, fresh]) {
        expect(world.faults.isEmpty).toBe(true);
        expect(world.journal.find({})).toEqual([]);
        for (const { name } of providers) expect(world.unseenChanges(name, world.clock.now())).toEqual([]);
      }
      stopAtStart(used, resetAfter);
      stopAtStart(fresh, bootedAfter);
      expect(await readings(used)).toEqual(await readings(fresh));
      expect(rows(used)).toEqual(rows(fresh));
      expect(await expiries(used)).toEqual(await expiries(fresh));
    },
  );
});

test('a reset is the same every time', async () => {
  const used = await boot();
  const reset = async () => {
    await used.request.post('/_latchkey/reset').expect(200);
    return rows(used);
  };
  const first = await reset();
  for (let round = 0; round < 3; round++) {
    await useControl(used);
    expect(await reset()).toEqual(first);
  }
});

test('changes after a reset are seen at once, even if they were seen late before it', async () => {
  const used = await boot();
  await useControl(used);
  await used.request.post('/_latchkey/reset').expect(200);
  const { id, header } = await issueKey(used, { provider: 'estuary', owner: 'alice' });
  const use = () => used.request.get('/viewer').set(header.name, header.value);
  await use().expect(200);
  await used.request.post(`/_latchkey/keys/${id}/revoke`).expect(200);
  await use().expect(401);
});

test('a reset of one world leaves the others as they are', async () => {
  const used = await boot();
  const { header } = await issueKey(used, { provider: 'estuary', owner: 'alice' }, '/~other');
  await used.request.post('/~other/_latchkey/clock/freeze').expect(200);
  await used.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
  await used.request.get('/~other/viewer').set(header.name, header.value).expect(200);
  expect((await used.request.get('/~other/_latchkey/clock')).body.frozen).toBe(true);
});

test('requests during a reset are answered as before it or as after it', async () => {
  const used = await boot();
  const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      index % 10 === 5
        ? used.request.post('/_latchkey/reset')
        : used.request[index % 2 === 0 ? 'post' : 'get']('/user/api-keys').set('Authorization', alice),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  await used.request.post('/_latchkey/reset').expect(200);
  expect(rows(used)).toEqual(rows(await boot()));
});
