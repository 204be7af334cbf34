import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Effect, effects } from '../../src/faults/effects/index.ts';
import { root } from '../../src/package.ts';

const folder = join(root, 'src', 'faults', 'effects');
const files = readdirSync(folder).filter((file) => file !== 'index.ts');
const properties = Object.keys(Effect.properties);

describe.each(files)('src/faults/effects/%s', (file) => {
  test('exports one effect, named as the file, which is in the list', async () => {
    const exported: object = await import(join(folder, file));
    const [name = '', ...others] = Object.keys(exported);
    expect([name, ...others]).toEqual([camelCase(file.replace('.ts', ''))]);
    expect(effects).toContainEqual(Object.values(exported)[0]);
    expect(effects.map((effect) => effect.name)).toContain(name);
  });
});

test('the list has no effect without a file', () => {
  expect(effects.length).toBe(files.length);
});

test('no two effects have a property in common', () => {
  expect(properties).toEqual(effects.flatMap((effect) => Object.keys(effect.properties)));
});

describe('docs/faults.md', () => {
  const page = readFileSync(join(root, 'docs', 'faults.md'), 'utf8');
  const shown = [...page.matchAll(/^\| `(\{"\w+":.*?)` \|/gm)].flatMap(([, effect = '']) => propertiesIn(effect));

  test.each(properties)('has the property `%s` in its table of effects', (property) => {
    expect(shown).toContain(property);
  });

  test('has no property in its table that no effect has', () => {
    expect(shown.filter((property) => !properties.includes(property))).toEqual([]);
  });
});

/** The outer properties of an object that is written as JSON, with `…` in places. */
function propertiesIn(text: string): string[] {
  const inner = text
    .slice(1)
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\{[^{}]*\}/g, '');
  return [...inner.matchAll(/"(\w+)":/g)].map(([, property = '']) => property);
}

function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
