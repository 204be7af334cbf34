import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { EmulatorError, type ErrorCode, type ErrorDetails } from '../../src/core/errors.ts';
import { splitTarget } from '../../src/http/target.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests, epoch } from './emulator.ts';
import type { Holder, Issued, LifecycleDriver } from './lifecycle-driver.ts';

/** Every folder here belongs to a provider and has a driver: without one this fails. */
const names = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const drivers = await Promise.all(
  names.map(async ({ name }): Promise<[string, LifecycleDriver]> => {
    const module: { readonly driver: LifecycleDriver } = await import(`./${name}/driver.ts`);
    return [name, module.driver];
  }),
);
const providers = await loadProviders();
const hourMs = 3_600_000;
const lk = emulatorForTests();

test('every provider has a driver, and every driver a provider', () => {
  expect(drivers.map(([name]) => name).sort()).toEqual(providers.map(({ name }) => name).sort());
});

describe.each(drivers)('%s', (name, driver) => {
  const http = () => supertest(`${lk.url}/${name}`);
  const holder = async (credential: string): Promise<Holder> => {
    const found = (await lk.world.credentials()).get(name)?.find((one) => one.name === credential);
    if (found?.secret == null || found.header === null) throw new Error(`${name} seeds no key for ${credential}`);
    return { name: credential, secret: found.secret, header: found.header };
  };
  const issue = async (expiresAt?: number): Promise<Issued & { readonly by: Holder }> => {
    const by = await holder(driver.issuer);
    return { ...(await driver.issue(http(), by, expiresAt)), by };
  };
  const force = async (secret: string, change: 'suspended' | 'revoked') => {
    const { key } = await lk.world.keys(name).introspect(lookedUp(name, secret), lk.world.clock.now());
    if (key === undefined) throw new Error('the issued key is not in the store');
    const revokedAt = change === 'revoked' ? lk.world.clock.now() : null;
    await lk.world.keys(name).change({ id: key.id }, (found) => ({ ...found, state: change, revokedAt }));
  };

  test('the secret that was issued authenticates at once', async () => {
    const { secret } = await issue();
    const before = await driver.use(http(), secret);
    expect(before.status).toBe(200);
    const { key } = await lk.world.keys(name).introspect(lookedUp(name, secret), lk.world.clock.now());
    expect(key?.lastUsedAt).toBe(epoch);
  });

  test('an issued key is listed for its owner alone', async () => {
    const { handle, by } = await issue();
    expect(await driver.list(http(), by)).toContain(handle);
    expect(await driver.list(http(), await holder(driver.stranger))).not.toContain(handle);
  });

  test('a stranger cannot revoke a key, whatever the answer says', async () => {
    const issued = await issue();
    await driver.revoke(http(), await holder(driver.stranger), issued);
    expect((await driver.use(http(), issued.secret)).status).toBe(200);
  });

  test('a revoked key is refused from the next request on, for good', async () => {
    const issued = await issue();
    expect(await driver.revoke(http(), issued.by, issued)).toBe(200);
    expect((await driver.use(http(), issued.secret)).status).toBe(driver.refusals.revoked);
    await lk.world.clock.advance(-hourMs);
    expect((await driver.use(http(), issued.secret)).status).toBe(driver.refusals.revoked);
  });

  test('a suspended key is refused until it is resumed', async () => {
    const issued = await issue();
    if (driver.suspend) expect(await driver.suspend(http(), issued.by, issued)).toBe(200);
    else await force(issued.secret, 'suspended');
    expect((await driver.use(http(), issued.secret)).status).toBe(driver.refusals.suspended);
    if (!driver.resume) return;
    expect(await driver.resume(http(), issued.by, issued)).toBe(200);
    expect((await driver.use(http(), issued.secret)).status).toBe(200);
  });

  test.runIf(driver.canExpire)('a key is accepted up to and at its expiry, and refused a millisecond later', async () => {
    const { secret } = await issue(epoch + hourMs);
    lk.world.clock.set(epoch + hourMs);
    expect((await driver.use(http(), secret)).status).toBe(200);
    lk.world.clock.advance(1);
    expect((await driver.use(http(), secret)).status).toBe(driver.refusals.expired);
  });

  test('a secret that was never issued is refused, and so is every near miss of one that was', async () => {
    const { secret } = await issue();
    const token = lookedUp(name, secret);
    const misses = [token.slice(0, -1), `${token}x`, token.toUpperCase(), token.toLowerCase(), [...token].reverse().join('')];
    for (const miss of misses.filter((one) => one !== token)) {
      expect((await driver.use(http(), miss)).status, miss).toBe(driver.refusals.unknown);
    }
  });

  test("another provider's key is unknown here", async () => {
    const seeded = await lk.world.credentials();
    const own = new Set(seeded.get(name)?.map(({ secret }) => secret));
    const foreign = [...seeded.values()].flat().flatMap(({ secret }) => (secret === null || own.has(secret) ? [] : [secret]));
    expect(foreign.length).toBeGreaterThan(0);
    for (const secret of foreign) expect((await driver.use(http(), secret)).status).toBe(driver.refusals.unknown);
  });

  test('200 concurrent requests see a revoked key refused as soon as the revocation is answered', async () => {
    const issued = await issue();
    await driver.revoke(http(), issued.by, issued);
    const answers = await Promise.all(Array.from({ length: 200 }, () => driver.use(http(), issued.secret)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([driver.refusals.revoked]));
  });

  test('an unknown path gets the answer of the provider, not that of Fastify', async () => {
    const { header } = await holder(driver.issuer);
    const answer = await http().get('/no/such/path').set(header.name, header.value);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('Route GET');
    expect(answer.text).not.toContain('statusCode":404,"error"');
  });

  test('every error of the core has a body in this provider, in each of its profiles', () => {
    const provider = providers.find((one) => one.name === name);
    for (const profile of provider?.profiles ?? []) {
      const codes = provider?.emulate(profile).errors.codes;
      for (const [code, detail] of Object.entries(samples)) {
        const render: unknown = codes && Reflect.get(codes, code);
        if (typeof render !== 'function') throw new Error(`${name} does not word ${code}`);
        const { status, body } = render(new EmulatorError(code as ErrorCode, detail), {
          headers: {},
          url: `/${name}/x`,
          originalUrl: `/${name}/x`,
          target: splitTarget(`/${name}/x`),
          raw: { url: `/${name}/x` },
          id: '1',
        });
        expect(status, code).toBeGreaterThanOrEqual(200);
        expect(status, code).toBeLessThan(600);
        expect(JSON.stringify(body) ?? '', code).not.toContain('undefined');
      }
    }
  });

  test('arbitrary credentials never get in and never cause a 5xx', async () => {
    const { header } = await holder(driver.issuer);
    const printable = fc.string({ unit: fc.constantFrom(...' !"#$%&\'()*+,-./09:;<=>?@AZ[]^_`az{|}~'), maxLength: 90 });
    await fc.assert(
      fc.asyncProperty(printable, async (value) => {
        const answer = await driver.use(http(), value.trim() === '' ? 'x' : value);
        expect([401, 403]).toContain(answer.status);
        const raw = await http().get('/').set(header.name, value);
        expect(raw.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

/** The part of a presented secret that the provider looks up. */
function lookedUp(provider: string, secret: string): string {
  const found = providers.find(({ name }) => name === provider);
  return found?.emulate(found.profiles[0] ?? '').normalizeSecret?.(secret) ?? secret;
}

const refusedKey = { owner: 'somebody', name: 'a key', expiresAt: epoch };

/** Details for each code: TypeScript notices a code that is missing. */
const samples: ErrorDetails = {
  credential_missing: null,
  credential_malformed: { problem: 'scheme' },
  key_unknown: null,
  key_expired: refusedKey,
  key_suspended: refusedKey,
  key_revoked: refusedKey,
  permission_denied: { required: 'admin' },
  key_not_found: { handle: 'a key' },
  key_name_taken: { name: 'a key' },
  key_limit_reached: { limit: 2 },
  transition_refused: { from: 'revoked', to: 'active' },
  request_malformed: { problem: 'not JSON' },
  request_invalid: { problem: 'must be string', path: '/name' },
  payload_too_large: null,
  media_type_unsupported: null,
  expectation_failed: null,
  route_not_found: null,
  not_implemented: { operation: 'anOperation' },
  method_not_allowed: { allowed: ['GET'] },
  rate_limited: null,
  unavailable: null,
  internal: null,
};
