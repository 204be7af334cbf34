import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { emulatorForTests, epoch, type TestEmulator } from '../support/emulator.ts';
import { guestNames, loadGuests } from '../support/guests.ts';
import { rawRequest, rawTalk } from '../support/raw-answer.ts';
import { authorization, upstreamedForTests } from '../support/upstreamed.ts';

const certificate = { kind: 'self-signed', authorityFile: undefined } as const;
const lk = emulatorForTests({ tls: { port: 0, certificate }, ownPorts: ['estuary'] });
const up = upstreamedForTests();
const unimplementedOf = new Map(
  (await loadGuests()).map((guest) => [guest.name, guest.emulate(guest.profiles[0] ?? '').unimplemented]),
);

const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'];
/** What a client may say of a body. */
const contentTypes = [
  ...['application/json', 'application/json; charset=utf-8', 'application/x-www-form-urlencoded'],
  ...['multipart/form-data; boundary=x', 'application/octet-stream', 'text/nonsense', 'x'],
];
const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const bytes = { 'Content-Type': 'application/octet-stream' };

type Headers = Readonly<Record<string, string>>;
type Call = readonly [method: string, path: string];

/** Every operation of an OpenAPI document, with a value for each parameter. */
function documented(name: string, base: string): Call[] {
  const { paths } = JSON.parse(readFileSync(join(root, 'openapi', `${name}.json`), 'utf8'));
  const called = (path: string, item: unknown) =>
    methods.filter((method) => method.toLowerCase() in Object(item)).map((method): Call => [method, base + filled(path)]);
  return Object.entries(paths).flatMap(([path, item]) => called(path, item));
}

function filled(path: string): string {
  return path.replace(/\{[^}]+\}/g, 'x');
}

/** Without what is generated for each answer. */
function lasting(answer: string): string {
  return answer
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
    .replaceAll(/"tokenHash":"[^"]{43}"/g, '"tokenHash":"hash"');
}

interface Place {
  readonly emulator: TestEmulator;
  readonly url: string;
  readonly ca?: string | null;
}

/** Sends the head of a request, and never a body. The same world answers each time. */
async function answered({ emulator, url, ca }: Place, [method, path]: Call, headers: Headers): Promise<string> {
  await emulator.world.reset('everything');
  emulator.world.clock.freeze();
  emulator.world.clock.set(epoch);
  return lasting(await rawTalk(url, rawRequest({ method, path, headers: { ...headers, Connection: 'close' } }), ca));
}

/** Expects the same answer without a length and with one of 0, from somebody who is there; its status. */
async function expectSame(place: Place, call: Call, headers: Headers): Promise<number> {
  const absent = await answered(place, call, headers);
  const entries = place.emulator.world.journal.find({});
  const empty = await answered(place, call, { ...headers, 'Content-Length': '0' });
  expect([call, headers, absent]).toEqual([call, headers, empty]);
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) /.exec(absent)?.[1]);
  // Nobody was taken for gone. The journal of another world is not read here, and calls of the control plane are in none.
  if (!/^\/(_latchkey|~)/.test(call[1])) expect([call, entries.map((entry) => entry.status)]).toEqual([call, [status]]);
  return status;
}

async function credentialOf(name: string): Promise<Headers> {
  const { body } = await lk.request.get('/_latchkey/credentials').expect(200);
  const { header } = body[name].credentials[0];
  return { [header.name]: header.value };
}

const plain = (): Place => ({ emulator: lk, url: lk.url });
const secure = (): Place => {
  const { url, ca } = lk.https ?? expect.unreachable('it has https');
  return { emulator: lk, url, ca };
};

describe.each(guestNames)(
  'a request to %s that names the type of a body and has none is answered as one with an empty body',
  (name) => {
    const known = documented(name, `/${name}`);

    test('for every operation, with a credential and without', async () => {
      const credential = await credentialOf(name);
      const statuses = new Set<number>();
      for (const call of known) {
        for (const headers of [credential, {}]) statuses.add(await expectSame(plain(), call, { ...headers, ...json }));
      }
      // They do not all end at the same place.
      expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401]));
    });

    test('for operations that are known and not emulated', async () => {
      const credential = await credentialOf(name);
      for (const { method, path } of unimplementedOf.get(name) ?? expect.unreachable('it is a guest'))
        expect(await expectSame(plain(), [method, `/${name}${filled(path)}`], { ...credential, ...json })).toBe(501);
    });

    test.each(methods)('%s to paths that there are and are not, with every type', async (method) => {
      const credential = await credentialOf(name);
      const own = known.find((call) => call[0] === method)?.[1] ?? `/${name}/`;
      for (const path of [own, `/${name}/v9/nothing`, `/~w/${name}/v9/nothing`]) {
        for (const type of contentTypes) await expectSame(plain(), [method, path], { ...credential, 'Content-Type': type });
      }
    });

    test('over https', async () => {
      const credential = await credentialOf(name);
      for (const method of methods) await expectSame(secure(), [method, `/${name}/v9/nothing`], { ...credential, ...json });
      for (const call of known.slice(0, 3)) await expectSame(secure(), call, { ...credential, ...json });
    });
  },
);

describe('the same holds', () => {
  test('for the control plane', async () => {
    const writes = documented('control', '').filter(([method]) => method !== 'GET');
    expect(writes.length).toBeGreaterThan(10);
    for (const call of writes) {
      for (const headers of [json, form, bytes]) await expectSame(plain(), call, headers);
    }
    for (const path of ['keys', 'faults', 'nothing']) await expectSame(plain(), ['GET', `/_latchkey/${path}`], json);
  });

  test('for paths that belong to nobody', async () => {
    for (const method of methods) {
      for (const path of ['/', '/nobody', '/%zz']) await expectSame(plain(), [method, path], json);
    }
  });

  test('at the port of a provider', async () => {
    const url = lk.providerUrls.get('estuary') ?? expect.unreachable('it has one');
    for (const call of documented('estuary', ''))
      await expectSame({ emulator: lk, url }, call, { ...(await credentialOf('estuary')), ...json });
  });

  test.each(methods)('for %s to an upstream, which gets no body', async (method) => {
    const place = { emulator: up.lk, url: up.lk.url };
    up.mock.received.length = 0;
    expect(await expectSame(place, [method, '/rockset/v9/anything'], { authorization, ...json })).toBe(200);
    expect(up.mock.received.map((received) => [received.method, received.body])).toEqual([
      [method, ''],
      [method, ''],
    ]);
    // One that cannot be reached.
    expect(await expectSame(place, [method, '/kps/v9/anything'], { ...(await credentialOf('kps')), ...json })).toBe(502);
  });
});
