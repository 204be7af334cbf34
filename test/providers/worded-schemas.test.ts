import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import type { TSchema } from 'typebox';
import { describe, expect, test } from 'vitest';
import { lazyValidators } from '../../src/http/compilers.ts';
import { toEmulatorError } from '../../src/http/errors.ts';
import { wordedKeywords } from '../../src/http/invalid-values.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests } from './emulator.ts';
import { validatorsWords } from './validator-words.ts';

type Json = Readonly<Record<string, unknown>>;

interface Checked {
  readonly method: string;
  readonly url: string;
  readonly part: 'body' | 'querystring' | 'headers';
  readonly schema: TSchema;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords that say nothing about which values are valid, or that our validators do not check. */
const silent = new Set(['title', 'description', 'examples', 'format', 'default', 'properties', 'items', '~kind', '~optional']);

function keywordsOf(schema: unknown): string[] {
  if (!isJson(schema)) return [];
  const { properties, items } = schema;
  const inner = [...(isJson(properties) ? Object.values(properties) : []), items];
  return [...Object.keys(schema).filter((key) => !silent.has(key)), ...inner.flatMap(keywordsOf)];
}

/** A valid value, and values that break one keyword each. */
function samplesOf(schema: unknown): { readonly valid: unknown; readonly broken: readonly unknown[] } {
  if (!isJson(schema)) return { valid: 'x', broken: [] };
  const [type] = [schema['type']].flat();
  const wrong = [7, 'text', true, [], {}, null].filter((value) => ![schema['type']].flat().includes(nameOf(value)));
  if (Array.isArray(schema['enum'])) return { valid: schema['enum'][0], broken: [...wrong, 'X'] };
  if (type === 'object') return objectSamples(schema, wrong);
  if (type === 'array') {
    const { valid, broken } = samplesOf(schema['items']);
    return { valid: [valid], broken: [...wrong, ...(schema['minItems'] ? [[]] : []), ...broken.map((one) => [one])] };
  }
  const { maxLength } = schema;
  const tooLong = typeof maxLength === 'number' ? ['x'.repeat(maxLength + 1)] : [];
  if (type === undefined) return { valid: 'x', broken: [] };
  return { valid: type === 'boolean' ? true : 'x', broken: [...wrong, ...tooLong] };
}

function objectSamples(schema: Json, wrong: readonly unknown[]) {
  const properties = isJson(schema['properties']) ? schema['properties'] : {};
  const inner = Object.entries(properties).map(([name, one]) => [name, samplesOf(one)] as const);
  const valid = Object.fromEntries(inner.map(([name, one]) => [name, one.valid]));
  const required = [schema['required']].flat().filter((name) => typeof name === 'string');
  const without = required.map((name) => Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)));
  const changed = inner.flatMap(([name, { broken }]) => broken.map((one) => ({ ...valid, [name]: one })));
  return { valid, broken: [...wrong, ...without, ...changed] };
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** The schemas of a provider's requests, in one profile. */
async function schemasOf(name: string, profile: string): Promise<Checked[]> {
  const module = (await loadProviders()).find((one) => one.name === name);
  const found: Checked[] = [];
  const app = Fastify();
  app.addHook('onRoute', ({ method, url, schema }) => {
    for (const part of ['body', 'querystring', 'headers'] as const) {
      const one = schema?.[part];
      if (isJson(one)) found.push({ method: String(method), url, part, schema: one });
    }
  });
  app.register(async (plain) => module?.emulate(profile).routes(plain.withTypeProvider<TypeBoxTypeProvider>()));
  await app.ready();
  await app.close();
  return found;
}

const modules = await loadProviders();
const all = modules.flatMap(({ name, profiles }) => profiles.map((profile) => ({ name, profile })));

// found 5.2: no word of a validator is on any provider's wire.
describe.each(all)('the schemas of $name in $profile', ({ name, profile }) => {
  const lk = emulatorForTests({ profiles: { [name]: profile } });

  test('have no keyword whose failure has no words of ours', async () => {
    const checked = name === 'rockset' ? await schemasOf(name, profile) : [];
    const keywords = new Set(checked.flatMap(({ schema }) => keywordsOf(schema)));
    expect([...keywords].filter((keyword) => !wordedKeywords.has(keyword))).toEqual([]);
  });

  test('say in our words what is wrong with a value', async () => {
    const compile = lazyValidators();
    for (const { method, url, part, schema } of await schemasOf(name, profile)) {
      const validate = compile({ schema, httpPart: part, method, url });
      for (const value of samplesOf(schema).broken) {
        const result: unknown = validate(structuredClone(value));
        const validation = isJson(result) && 'error' in result ? result['error'] : undefined;
        if (validation === undefined) continue;
        const thrown = Object.assign(new Error("body/x must have required property 'x'"), {
          validation,
          validationContext: part,
        });
        const { code, detail } = toEmulatorError(thrown);
        expect(code).toBe('request_invalid');
        expect(JSON.stringify(detail), JSON.stringify(value)).not.toMatch(validatorsWords);
        expect(JSON.stringify(detail)).not.toContain('is invalid');
      }
    }
  });

  test('and so does every answer', async () => {
    const credentials = (await lk.world.credentials()).get(name) ?? [];
    const header = credentials.find((one) => one.name === 'admin')?.header ?? { name: 'x', value: 'x' };
    for (const { method, url, part, schema } of await schemasOf(name, profile)) {
      if (part !== 'body') continue;
      const path = `/${name}${url.replaceAll(/:\w+/g, 'self')}`;
      for (const value of [...samplesOf(schema).broken, 'text']) {
        const headers = { [header.name]: header.value, 'content-type': 'application/json' };
        const answer = await fetch(`${lk.url}${path}`, { method, headers, body: JSON.stringify(value) });
        const text = await answer.text();
        expect(text, `${method} ${path} ${JSON.stringify(value)}`).not.toMatch(validatorsWords);
      }
    }
  });
});
