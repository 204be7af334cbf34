import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { LatchkeyError, startLatchkey } from '../../src/library.ts';
import { loadProviders } from '../../src/providers/index.ts';

const names = (await loadProviders()).map(({ name }) => name).join(', ');

/** What starting with these options throws; they may be of any kind, as in JavaScript. */
async function refusalOf(options: unknown): Promise<unknown> {
  const start: (options: object) => Promise<unknown> = startLatchkey;
  return start(Object(options)).catch((error: unknown) => error);
}

describe('found 2.8: startLatchkey refuses options with a LatchkeyError that speaks of options', () => {
  test.each([
    [{ providers: 'rockset' }, `providers must be a list of the names of providers, not "rockset"`],
    [{ clock: new Map() }, "clock must be a string such as '2030-01-01T00:00:00Z', not a Map"],
    [{ clock: 'soon' }, 'clock must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "soon"'],
    [{ port: '5282' }, 'port must be a number, not "5282"'],
    [{ port: 70_000 }, 'port must be at most 65535, not 70000'],
    [{ profiles: { rockset: '1999' } }, 'profiles.rockset must be one of 2022, 2023, 2021, not "1999"'],
    [{ profiles: '2023' }, `profiles must be an object with a string for each provider, not "2023"`],
    [{ providerPorts: { kps: -1 } }, 'providerPorts.kps must be at least 0, not -1'],
    [{ upstreams: ['x'] }, `upstreams must be an object with a string for each provider, not ["x"]`],
    [{ upstreams: { rockset: 'mock' } }, 'upstreams needs an http or https URL for rockset'],
    [{ seed: 7 }, 'seed must be a seed, the name of a seed file, or none, not 7'],
    [{ seed: [] }, 'seed must be a seed, the name of a seed file, or none, not []'],
    [{ mutant: true }, 'mutant must be a string, not true'],
    [{ mutant: 'accept-revoked@rocket' }, `mutant must name one of ${names} behind @, not "rocket"; did you mean rockset?`],
    [{ tlsCa: 'ca.pem' }, 'tlsCa is set, but tls is not'],
    [
      { explainHeader: 'yes', maxWorlds: null },
      'explainHeader must be true or false, not "yes"\nmaxWorlds must be a number, not null',
    ],
  ])('%j', async (options, message) => {
    const error = await refusalOf(options);
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({ code: 'option_invalid', message, details: message.split('\n') });
  });

  test('an unknown provider', async () => {
    expect(await refusalOf({ providers: ['rocket'] })).toMatchObject({
      name: 'LatchkeyError',
      code: 'option_invalid',
      message: expect.stringMatching(/^providers must name some of estuary, .*, not "rocket"$/),
    });
  });

  test('an unknown option, and options that are none', async () => {
    expect(await refusalOf({ prot: 1 })).toMatchObject({
      message: expect.stringMatching(/^there is no option "prot": the options are host, port, /),
    });
    expect(await refusalOf([])).toMatchObject({ message: 'the options must be an object, not []' });
  });

  test('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const error = await refusalOf({ port });
    server.close();
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error).toMatchObject({
      code: 'port_in_use',
      message: `port ${port} is in use: choose another one, or leave it out for any free one`,
    });
  });

  test('a database, a certificate and an address that cannot be used', async () => {
    expect(await refusalOf({ db: '/' })).toMatchObject({ name: 'LatchkeyError', code: 'database_unusable' });
    expect(await refusalOf({ tls: 'gone.pem,gone.key' })).toMatchObject({ name: 'LatchkeyError', code: 'tls_unusable' });
    expect(await refusalOf({ host: '192.0.2.1' })).toMatchObject({
      name: 'LatchkeyError',
      code: 'host_unusable',
      message: 'host 192.0.2.1 is not an address of this machine',
    });
  });
});

describe('found 2.8: a seed that is an object', () => {
  const seed = { estuary: { users: [{ username: 'carol' }], keys: [{ owner: 'carol', secret: 'ESTcarolARY' }] } };

  test('works as in createWorld, and a reset brings it back', async () => {
    await using lk = await startLatchkey({ seed });
    expect(Object.keys(lk.credentials.estuary).toSorted()).toEqual(['admin', 'carol']);
    const { key } = await lk.introspect('ESTcarolARY');
    await lk.keys.revoke(key?.id ?? '');
    expect(await lk.introspect('ESTcarolARY')).toMatchObject({ active: false, reason: 'key_revoked' });
    await lk.reset();
    expect(await lk.introspect('ESTcarolARY')).toMatchObject({ active: true });
    expect(Object.keys(lk.credentials.rockset)).toContain('admin');
  });

  test('is refused with every problem and its path', async () => {
    expect(await refusalOf({ seed: { estuary: { keys: [{ owner: 'nobody' }] }, rocket: {} } })).toMatchObject({
      name: 'LatchkeyError',
      code: 'seed_invalid',
      details: [expect.stringMatching(/^seed: \/estuary\/keys\/0/), expect.stringMatching(/^seed: \/rocket /)],
    });
  });
});
