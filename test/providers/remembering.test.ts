import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { requests } from '../fuzz/requests.ts';
import { aimsOf, send } from '../fuzz/sending.ts';
import { emulatorForTests, epoch, type TestEmulator } from './emulator.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import type { Holder, Issued, LifecycleDriver } from './lifecycle-driver.ts';

/**
 * Whatever changes, in whatever order: what is answered next is what an emulator answers that remembers nothing, to the byte.
 * `lk` remembers. `fresh` is given everything that `lk` stores before each question, so that nothing it could remember is true
 * of it. A fault is no part of what is stored: while there is one, `lk` is made to forget, and answers twice.
 */
const lk = emulatorForTests();
const fresh = emulatorForTests();

const providers = await loadProviders();
const drivers = new Map<string, LifecycleDriver>();
const targets = new Map<string, FuzzTarget>();
for (const { name } of readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const { driver }: { readonly driver: LifecycleDriver } = await import(`./${name}/driver.ts`);
  const { target }: { readonly target: FuzzTarget } = await import(`./${name}/fuzz.ts`);
  drivers.set(name, driver);
  targets.set(name, target);
}

const { constantFrom, integer, nat, record, constant, oneof } = fc;
const provider = constantFrom(...drivers.keys());
const step = oneof(
  { weight: 3, arbitrary: record({ do: constant('issue'), provider, lifetimeMs: constantFrom(undefined, 3_600_000) }) },
  record({ do: constantFrom('revoke', 'suspend', 'resume'), provider, which: nat(5) }),
  { weight: 5, arbitrary: record({ do: constant('write'), provider, which: nat(20) }) },
  record({ do: constant('send'), provider, which: nat(400) }),
  record({ do: constantFrom('suspend', 'resume', 'revoke', 'expire').map((call) => `keys/${call}` as const), which: nat(12) }),
  {
    weight: 3,
    arbitrary: record({ do: constant('clock'), byMs: constantFrom(1, 1000, 3_600_001, 400 * 24 * 3_600_000, -3_600_001) }),
  },
  record({ do: constant('clock to the start'), at: integer({ min: epoch, max: epoch + 1 }) }),
  record({ do: constant('fault'), propagation: constantFrom({ issue: '1s' }, { revoke: '1s' }, { issue: '2h', revoke: '2h' }) }),
  record({ do: constantFrom('heal', 'reset', 'bootstrap', 'save', 'restore', 'forget') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What a run has done so far. */
interface Run {
  readonly sent: ReadonlyMap<string, readonly Parameters<typeof send>[1][]>;
  readonly holders: readonly (Holder & { readonly provider: string })[];
  readonly issued: (Issued & { readonly by: Holder; readonly provider: string })[];
  saved: Buffer;
  hasFault: boolean;
}

const control = (call: string, body: object = {}) => lk.request.post(`/_latchkey/${call}`).send(body);

async function perform(done: Step, run: Run): Promise<void> {
  if (done.do === 'issue') return issue(done.provider, done.lifetimeMs, run);
  if (done.do === 'write') return write(done.provider, done.which, run);
  if (done.do === 'send') {
    const sent = run.sent.get(done.provider) ?? [];
    const request = sent[done.which % sent.length];
    if (request !== undefined) await send(`${lk.url}/${done.provider}`, request);
  } else if (done.do === 'revoke' || done.do === 'suspend' || done.do === 'resume') {
    const driver = drivers.get(done.provider);
    const own = run.issued.filter((key) => key.provider === done.provider);
    const key = own[done.which % own.length];
    // The issuer may be refused by now.
    if (key !== undefined) await driver?.[done.do]?.(httpOf(done.provider), key.by, key).catch(() => undefined);
  } else if ('which' in done) {
    const { body } = await lk.request.get('/_latchkey/keys');
    const { id } = body.keys[done.which % body.keys.length] ?? {};
    await control(`keys/${id}/${done.do.slice('keys/'.length)}`);
  } else if (done.do === 'clock') lk.world.clock.advance(done.byMs);
  else if (done.do === 'clock to the start') lk.world.clock.set(done.at);
  else if (done.do === 'fault') {
    run.hasFault = true;
    await control('faults', { effect: { propagation: done.propagation } }).expect(200);
  } else await performOnWorld(done.do, run);
}

async function performOnWorld(done: 'heal' | 'reset' | 'bootstrap' | 'save' | 'restore' | 'forget', run: Run): Promise<void> {
  const { world } = lk;
  if (done === 'save') run.saved = await world.snapshot();
  else if (done === 'restore') await world.restore(run.saved);
  else if (done === 'forget') forget(lk);
  else if (done === 'heal') await lk.request.delete('/_latchkey/faults').expect(200);
  else {
    await world.reset(done === 'reset' ? 'everything' : 'bootstrap');
    world.clock.freezeAt(epoch);
  }
  if (done === 'heal' || done === 'reset' || done === 'bootstrap') run.hasFault = false;
}

const httpOf = (name: string) => supertest(`${lk.url}/${name}`);

async function issue(name: string, lifetimeMs: number | undefined, { holders, issued }: Run): Promise<void> {
  const driver = drivers.get(name);
  const by = holders.find((holder) => holder.provider === name && holder.name === driver?.issuer);
  if (driver === undefined || by === undefined) throw new Error(`${name} seeds no issuer`);
  const expiresAt = driver.canExpire && lifetimeMs !== undefined ? lk.world.clock.now() + lifetimeMs : undefined;
  // As above.
  const key = await driver.issue(httpOf(name), by, expiresAt).catch(() => undefined);
  if (key !== undefined) issued.push({ ...key, by, provider: name });
}

async function write(name: string, which: number, { holders }: Run): Promise<void> {
  const writes = drivers.get(name)?.writes ?? [];
  const call = writes[which % writes.length];
  const by = holders.find((holder) => holder.provider === name && holder.name === call?.by);
  if (call === undefined || by === undefined) throw new Error(`${name} has no such write`);
  const { method, path, body } = call;
  const headers = { [by.header.name]: by.header.value, ...(body && { 'content-type': 'application/json' }) };
  await fetch(`${lk.url}/${name}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

function forget({ world: { store } }: TestEmulator): void {
  if (!(store instanceof SqliteWorldStore)) throw new Error('another store');
  store.keys.written();
  for (const name of drivers.keys()) store.resources(name).forget();
}

/** A whole answer, without what is new in every answer. */
async function answer({ url }: TestEmulator, name: string, path: string, header: Holder['header']): Promise<unknown> {
  const response = await fetch(`${url}/${name}${path}`, { headers: { [header.name]: header.value } });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const own = headers['x-request-id'] ?? 'none';
  delete headers['x-request-id'];
  return { status: response.status, headers, text: text.replaceAll(own, 'ID').replace(/"trace_id":"[^"]*"/, '"trace_id":""') };
}

/** Every question: each read with each key of its provider, accepted or not. */
function questionsOf({ holders, issued }: Run) {
  return [...drivers].flatMap(([name, { reads }]) => {
    const seeded = holders.filter((holder) => holder.provider === name).map(({ header }) => header);
    const newest = issued.filter((key) => key.provider === name).slice(-2);
    const made = newest.map(({ secret, by: { header, secret: own } }) => ({
      ...header,
      value: header.value.replace(own, secret),
    }));
    return [...seeded, ...made].flatMap((header) => reads.map((path) => [name, path, header] as const));
  });
}

/** Asks everything, in turn where the memory is and where it is not, and fills the memory for the next time. */
async function compare(run: Run): Promise<void> {
  const { hasFault } = run;
  if (!hasFault) {
    await fresh.world.restore(await lk.world.snapshot());
    fresh.world.clock.freezeAt(lk.world.clock.now());
  }
  for (const question of questionsOf(run)) {
    const remembered = await answer(lk, ...question);
    if (hasFault) forget(lk);
    expect(remembered, question[1]).toEqual(await answer(hasFault ? lk : fresh, ...question));
  }
  // Uses that are written make it forget: now, so that the next snapshot does not.
  await lk.world.snapshot();
  for (const question of questionsOf(run)) await answer(lk, ...question);
}

async function begin(): Promise<Run> {
  await lk.world.reset('everything');
  lk.world.clock.freezeAt(epoch);
  const seeded = [...(await lk.world.credentials())];
  const holders = seeded.flatMap(([name, credentials]) =>
    credentials.flatMap((one) =>
      one.secret === null || one.header === null ? [] : [{ ...one, secret: one.secret, header: one.header, provider: name }],
    ),
  );
  const sent = new Map<string, Parameters<typeof send>[1][]>();
  for (const { name, unimplemented } of providers) {
    const target = targets.get(name);
    if (target === undefined) throw new Error(`${name} has no target`);
    sent.set(name, fc.sample(requests(target, await aimsOf(lk, name, unimplemented)), { numRuns: 400, seed: 7 }));
  }
  return { sent, holders, issued: [], saved: await lk.world.snapshot(), hasFault: false };
}

/** What chance seldom brings: a key that expires and comes back with the clock, a role that is lent and changed, a late revocation. */
const examples: [Step[]][] = [
  [
    [
      { do: 'issue', provider: 'rockset', lifetimeMs: 3_600_000 },
      { do: 'clock', byMs: 3_600_001 },
      { do: 'clock', byMs: -3_600_001 },
    ],
  ],
  [[0, 4, 2, 5, 6, 8].map((which) => ({ do: 'write', provider: 'rockset', which }))],
  [
    [
      { do: 'fault', propagation: { revoke: '1s' } },
      { do: 'keys/revoke', which: 4 },
      { do: 'clock', byMs: 1000 },
      { do: 'clock', byMs: 1 },
      { do: 'heal' },
    ],
  ],
  [
    [
      { do: 'write', provider: 'kps', which: 0 },
      { do: 'save' },
      { do: 'write', provider: 'kps', which: 3 },
      { do: 'restore' },
      { do: 'reset' },
    ],
  ],
];

test('after any changes in any order, answers are those of an emulator that remembers nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const run = await begin();
      await compare(run);
      for (const one of steps) {
        await perform(one, run);
        await compare(run);
      }
    }),
    { numRuns: Number(process.env['REMEMBERING_RUNS'] ?? 20), examples, endOnFailure: true },
  );
}, 600_000);
