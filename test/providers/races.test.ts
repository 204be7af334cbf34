import { Agent, get } from 'node:http';
import supertest from 'supertest';
import { afterAll, expect, test } from 'vitest';
import { guestNames } from '../support/guests.ts';
import { emulatorForTests, epoch } from './emulator.ts';
import type { Holder, Issued, LifecycleDriver } from './lifecycle-driver.ts';

/** A key is used over 32 connections while something stops it: no request that begins after the answer to that is accepted. */
const connections = 32;
const trials = Number(process.env['RACE_TRIALS'] ?? 250);

const lk = emulatorForTests();
const agent = new Agent({ keepAlive: true, maxSockets: connections });
afterAll(() => agent.destroy());

const drivers = await Promise.all(
  guestNames.map(async (name): Promise<[string, LifecycleDriver]> => {
    const module: { readonly driver: LifecycleDriver } = await import(`./${name}/driver.ts`);
    return [name, module.driver];
  }),
);

/** A key that is in use, and how to present it. */
interface InUse {
  readonly name: string;
  readonly driver: LifecycleDriver;
  readonly by: Holder;
  readonly issued: Issued;
  readonly before: Buffer;
}

const control = (call: string, body: object = {}) => lk.request.post(`/_latchkey/${call}`).send(body).expect(200);

/** Does something to the key through the control plane, which finds it by its secret. */
async function move({ issued: { secret } }: InUse, call: 'suspend' | 'expire' | 'revoke'): Promise<unknown> {
  const { body } = await control('introspect', { secret });
  return control(`keys/${body.key.id}/${call}`);
}

test.each<[string, (key: InUse) => Promise<unknown>]>([
  ["revoked by its provider's API", ({ name, driver, by, issued }) => driver.revoke(supertest(`${lk.url}/${name}`), by, issued)],
  ['revoked', (key) => move(key, 'revoke')],
  ['suspended', (key) => move(key, 'suspend')],
  ['expired', (key) => move(key, 'expire')],
  ['past its expiry by the clock', () => control('clock/advance', { by: '2h' })],
  ['replaced by a reset', () => control('reset')],
  [
    'replaced by a restore',
    ({ before }) => lk.request.put('/_latchkey/snapshot').set('Content-Type', 'application/vnd.sqlite3').send(before).expect(200),
  ],
])(
  'once the key is %s, nothing that begins later is accepted',
  async (_, stop) => {
    const late: string[] = [];
    let accepted = 0;
    for (let trial = 0; trial < trials; trial++) {
      const key = await issue(trial);
      let isStopped = false;
      const worker = async () => {
        for (let wasStopped = false; !wasStopped; ) {
          wasStopped = isStopped;
          const status = await use(key);
          if (status === 200 && wasStopped) late.push(`trial ${trial}: ${key.name}`);
          if (status === 200) accepted += 1;
        }
      };
      const workers = Array.from({ length: connections }, worker);
      await Promise.race(workers.slice(0, 1).concat(use(key).then(() => undefined)));
      await stop(key);
      isStopped = true;
      await Promise.all(workers);
    }
    expect(late).toEqual([]);
    expect(accepted).toBeGreaterThan(trials);
  },
  600_000,
);

/** Issues a key that expires in an hour, where the provider's keys can, else one that the control plane gives an expiry. */
async function issue(trial: number): Promise<InUse> {
  const [name, driver] = drivers[trial % drivers.length] ?? drivers[0] ?? expect.unreachable('there are providers');
  if (trial % drivers.length === 0) await lk.world.reset('everything');
  lk.world.clock.freezeAt(epoch);
  const before = await lk.world.snapshot();
  const found = (await lk.world.credentials()).get(name)?.find((one) => one.name === driver.issuer);
  if (found?.secret == null || found.header === null) throw new Error(`${name} seeds no key for ${driver.issuer}`);
  const by = { name: driver.issuer, secret: found.secret, header: found.header };
  const issued = await driver.issue(supertest(`${lk.url}/${name}`), by, driver.canExpire ? epoch + 3_600_000 : undefined);
  const { key } = await lk.world.keys(name).introspect(issued.secret, epoch);
  if (key?.expiresAt === null)
    await lk.world.keys(name).change({ id: key.id }, (one) => ({ ...one, expiresAt: epoch + 3_600_000 }));
  return { name, driver, by, issued, before };
}

function use({ name, driver: { reads }, by: { header, secret }, issued }: InUse): Promise<number> {
  const headers = { [header.name]: header.value.replace(secret, issued.secret) };
  return new Promise((resolve, reject) => {
    get(`${lk.url}/${name}${reads[0]}`, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    }).once('error', reject);
  });
}
