import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../src/package.ts';
import { loadProviders } from '../src/providers/index.ts';
import { loadSeeds } from '../src/server/seed-file.ts';
import { seedSchema } from '../src/worlds/seed-schema.ts';
import { epoch, startTestEmulator } from './support/emulator.ts';
import { guests } from './support/guests.ts';

const folder = join(root, 'examples', 'seeds');
const modules = await loadProviders();
const files = readdirSync(folder);

test('there is an example seed for each of the four providers, and none for an unknown one', () => {
  const known = modules.map(({ name }) => `${name}.yaml`);
  expect(files.filter((file) => !known.includes(file))).toEqual([]);
  expect([...guests].filter((name) => !files.includes(`${name}.yaml`))).toEqual([]);
});

test('seed.schema.json is what the seed formats say today (npm run generate writes it)', () => {
  expect(JSON.parse(readFileSync(join(root, 'seed.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(seedSchema(modules))),
  );
});

test('the seed that the documents show is valid', async () => {
  const [, shown = ''] = /```yaml seed\.yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/seeds.md'), 'utf8')) ?? [];
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-readme-seed-'));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  writeFileSync(join(scratch, 'seed.yaml'), shown);
  await loadSeeds({ name: 'seed.yaml', folder: scratch, modules, providers: [], now: epoch });
  expect(shown).toContain('rockset:');
});

describe.each(files)('examples/seeds/%s', (name) => {
  test('fits the schema that an editor is given', () => {
    const validate = new Ajv({
      strict: true,
      allowUnionTypes: true,
      strictTypes: false,
      keywords: ['example'],
      validateFormats: false,
    }).compile(JSON.parse(readFileSync(join(root, 'seed.schema.json'), 'utf8')));
    validate(parse(readFileSync(join(folder, name), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test('starts a world whose every credential is what it says it is', async () => {
    const seeds = await loadSeeds({ name, folder, modules, providers: [], now: epoch });
    const { world, request, close } = await startTestEmulator({ seeds, providers: 'all' });
    const provider = name.replace('.yaml', '');
    const credentials = (await world.credentials()).get(provider) ?? [];
    expect(credentials.length).toBeGreaterThan(3);
    const states = new Set<string>();
    for (const { secret } of credentials.filter((one) => one.secret !== null)) {
      const { body } = await request.post('/_latchkey/introspect').send({ secret, provider }).expect(200);
      expect(body.provider).toBe(provider);
      expect(body.active).toBe(body.key.state === 'active');
      states.add(body.key.state);
    }
    expect(states).toEqual(new Set(['active', 'suspended', 'revoked', 'expired']));
    await close();
  });
});
