import { describe, expect } from 'vitest';
import { latchkeyTest } from '../../src/testing/vitest.ts';

const frozen = latchkeyTest({ clock: '2030-01-01T00:00:00Z' });
const seeded = latchkeyTest({
  seed: { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret: 'ESTcarolARY' }] } },
});

describe('found 2.2: two fixtures in one file: the matchers ask the world of the running test', () => {
  for (const round of ['first', 'second']) {
    frozen(`the world of the one, ${round}`, async ({ latchkey }) => {
      expect(await latchkey.clock.read()).toMatchObject({ now: '2030-01-01T00:00:00.000Z' });
      const { key, secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
      await expect(secret).toBeAccepted();
      await expect(key).not.toHaveBeenUsed();
      await expect('ESTcarolARY').toBeRefused('key_unknown');
    });

    seeded(`the world of the other, ${round}`, async ({ latchkey }) => {
      await expect('ESTcarolARY').toBeAccepted();
      await expect(latchkey.credentials.estuary['carol']).toBeAccepted();
    });
  }
});

describe('found 2.3: tests that run at the same time have a world each', () => {
  const met = { worlds: new Set<string>(), arrived: 0, all: Promise.withResolvers<void>() };
  const everybody = 3;

  for (let index = 0; index < everybody; index += 1) {
    frozen.concurrent(`test ${index} is reset by no neighbour`, async ({ latchkey }) => {
      const issued = await latchkey.keys.issue({ provider: 'estuary', owner: 'bob', name: `of ${index}` });
      const viewer = () => fetch(`${latchkey.url}/viewer`, { headers: { authorization: `Bearer ${issued.secret}` } });
      met.worlds.add(latchkey.url);
      met.arrived += 1;
      if (met.arrived === everybody) met.all.resolve();
      await met.all.promise;
      expect(met.worlds.size).toBe(everybody);
      if (index === 0) await latchkey.keys.suspend(issued.key.id);
      const isRefused = index === 0;
      const answer = await viewer();
      expect(answer.status).toBe(isRefused ? 401 : 200);
      for (const received of [answer, viewer(), issued, issued.secret])
        await (isRefused ? expect(received).toBeRefused('key_suspended') : expect(received).toBeAccepted());
      await (isRefused ? expect(issued).not.toHaveBeenUsed() : expect(issued).toHaveBeenUsed());
      await expect(latchkey.credentials.rockset.admin).toBeAccepted();
      await expect('never issued').toBeRefused('key_unknown');
    });
  }

  const two = { arrived: 0, both: Promise.withResolvers<void>() };
  for (const name of ['one', 'other']) {
    frozen.concurrent(`${name} of two: what may be of either world is an error`, async ({ latchkey }) => {
      await latchkey.clock.read();
      two.arrived += 1;
      if (two.arrived === 2) two.both.resolve();
      await two.both.promise;
      await expect(expect(401).toBeRefused()).rejects.toMatchObject({ code: 'world_ambiguous' });
    });
  }
});

describe('found 2.10: a name that nothing can have is an error', () => {
  frozen('an operation, a provider, a field, a reason, a key', async ({ latchkey }) => {
    const { key } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
    // @ts-expect-error there is no such operation
    const operation = () => expect(key).not.toHaveBeenUsed({ operation: 'getOrganisation' });
    // @ts-expect-error there is no such provider
    const provider = () => expect(key).not.toHaveBeenUsed({ provider: 'rocket' });
    // @ts-expect-error there is no such field
    const field = () => expect(latchkey).not.toHaveUsedKey(key, { operaton: 'getOrganization' });
    // @ts-expect-error there is no such reason
    const reason = () => expect('secret').not.toBeRefused('revoked');
    await expect(operation()).rejects.toMatchObject({
      name: 'LatchkeyError',
      code: 'name_unknown',
      message: expect.stringMatching(/^there is no operation "getOrganisation"; there is .*\bgetOrganization\b/),
    });
    await expect(provider()).rejects.toThrow(/^there is no provider "rocket"; there is estuary, /);
    await expect(field()).rejects.toThrow(/^there is no field of a filter "operaton"; there is provider, operation, /);
    await expect(reason()).rejects.toThrow(/^there is no reason "revoked"; there is credential_missing, /);
    await expect(expect('unknown').not.toHaveBeenUsed()).rejects.toMatchObject({ status: 404 });
    // An operation of another provider cannot have used this filter either.
    await expect(expect(key).not.toHaveBeenUsed({ provider: 'kps', operation: 'getOrganization' })).rejects.toThrow(
      /^there is no operation "getOrganization"/,
    );
    await expect(key).not.toHaveBeenUsed({ provider: 'rockset', operation: 'getOrganization' });
  });
});
