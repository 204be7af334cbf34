import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { descriptionOf, fieldsOf, providersIn } from '../../src/dashboard/state/form.ts';
import { stepsFor } from '../../src/dashboard/state/next-steps.ts';
import { root } from '../../src/package.ts';

const schema: unknown = JSON.parse(readFileSync(join(root, 'seed.schema.json'), 'utf8'));
// Every emulated provider has its section in a seed.
const providers = readdirSync(join(root, 'src', 'providers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('the form that issues a key', () => {
  test('is there for every provider', () => expect(providersIn(schema).toSorted()).toEqual(providers));

  test.each(providers)('has a control for every field of %s, or leaves it to JSON', (provider) => {
    const { properties, required } = Object(schema).properties[provider].properties.keys.items;
    const { fields, left } = fieldsOf(schema, provider);
    expect([...fields.map(({ name }) => name), ...left].toSorted()).toEqual(Object.keys(properties).toSorted());
    expect(left).toEqual([]);
    expect(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(
      Object.keys(properties).filter((name) => required.includes(name)),
    );
    for (const { name, kind, options } of fields) if (kind === 'choice') expect(options).toEqual(properties[name].enum);
  });

  test('leaves what it does not know to JSON', () => {
    const items = { properties: { shape: { type: 'object' }, things: { type: 'array', items: { type: 'object' } } } };
    const odd = { properties: { p: { properties: { keys: { items } } } } };
    expect(fieldsOf(odd, 'p')).toEqual({ fields: [], left: ['shape', 'things'] });
    for (const nothing of [null, {}, { properties: 1 }]) expect(fieldsOf(nothing, 'p')).toEqual({ fields: [], left: [] });
  });

  test('sends what was filled in', () => {
    const { fields } = fieldsOf(schema, 'whylabs');
    const given = { organization: 'org-0', owner: 'user-123', scopes: ':user, :administrator', name: '' };
    expect(descriptionOf('whylabs', fields, given)).toEqual({
      provider: 'whylabs',
      organization: 'org-0',
      owner: 'user-123',
      scopes: [':user', ':administrator'],
    });
    expect(descriptionOf('estuary', fieldsOf(schema, 'estuary').fields, { owner: 'alice', session: 'no' })).toEqual({
      provider: 'estuary',
      owner: 'alice',
      session: false,
    });
  });
});

describe('what to do next', () => {
  test.each([
    ['key expired', ['last moment', 'successor']],
    ['key suspended', ['resume']],
    ['key revoked', ['successor']],
    ['key of another world', ['open world']],
    ['key of another provider', ['base url']],
    ['no credential', ['header']],
    ['key unknown', ['introspect']],
    ['not permitted', ['show key']],
    ['injected', ['show fault']],
    ['operation not emulated', ['supported']],
    ['answered', ['response']],
    ['a verdict of tomorrow', ['response']],
  ])('%s', (verdict, steps) => expect(stepsFor(verdict)).toEqual(steps));
});
