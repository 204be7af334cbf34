import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../src/config/config.ts';
import { root } from '../src/package.ts';
import { emulatorForTests } from './support/emulator.ts';
import { loadGuests } from './support/guests.ts';

const examples = join(root, 'examples');
const providers = await loadGuests();
const lk = emulatorForTests();

test('there is an example for each provider', () => {
  const found = readdirSync(examples).filter((folder) => existsSync(join(examples, folder, 'compose.yaml')));
  expect(found.toSorted()).toEqual([...providers.map(({ name }) => name), 'replicas'].toSorted());
});

test('examples/replicas/compose.yaml starts several latchkeys on one database, behind the nginx that is beside it', async () => {
  const folder = join(examples, 'replicas');
  const { latchkey, nginx, postgres } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')).services;
  const config = await loadConfig({ args: [], env: latchkey.environment, folder, readsFile: false }, providers);
  const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database } = postgres.environment;
  expect([config.db, config.drainMs]).toEqual([`postgres://${user}:${password}@postgres:5432/${database}`, 5000]);
  expect(latchkey.deploy.replicas).toBeGreaterThan(1);
  const [[mounted]] = nginx.volumes.map((volume: string) => volume.split(':'));
  expect(readFileSync(join(folder, mounted), 'utf8')).toContain('server latchkey:5282');
});

describe.each(providers)('examples/$name/compose.yaml', ({ name, environment }) => {
  const folder = join(examples, name);
  const { latchkey, service } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')).services;
  const url = 'http://latchkey:5282';

  test('builds latchkey from here, and gives it settings that it has', async () => {
    expect([resolve(folder, latchkey.build), latchkey.image]).toEqual([root, 'latchkey']);
    const { profiles } = await loadConfig({ args: [], env: latchkey.environment, folder, readsFile: false }, providers);
    expect([...profiles.keys()]).toEqual([name]);
  });

  test('starts the tests of the service once latchkey is healthy', () => {
    expect(service.depends_on).toEqual({ latchkey: { condition: 'service_healthy' } });
    const [[mounted, target]] = service.volumes.map((volume: string) => volume.split(':'));
    expect([existsSync(join(folder, mounted, 'test_key_service.py')), target]).toEqual([true, service.working_dir]);
  });

  test('gives the service the variables that latchkey exec would set, with seeded secrets only', async () => {
    const seeded = (await lk.world.credentials()).get(name) ?? [];
    const admin = seeded.find((credential) => credential.name === 'admin');
    const { LATCHKEY_URL, ...told }: Record<string, string> = service.environment;
    expect(LATCHKEY_URL).toBe(url);
    expect(told).toMatchObject(environment({ http: url, https: undefined }, admin));
    const secrets = Object.values(told).filter((value) => !url.endsWith(value) && value !== url);
    expect(secrets).toHaveLength(1);
    expect(seeded.map(({ secret }) => secret)).toEqual(expect.arrayContaining(secrets));
  });
});
