import { expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { contentRules } from '../../src/worlds/content-rules.ts';
import { files, textOf } from '../architecture/source.ts';
import { startTestEmulator } from '../support/emulator.ts';

const modules = await loadProviders();
const variants = modules.flatMap(({ name, profiles }) => profiles.map((profile) => [name, profile] as const));

/** The kinds that the sources of a provider name. */
function kindsIn(provider: string): string[] {
  const texts = files.filter((file) => file.startsWith(`providers/${provider}/`)).map(textOf);
  return texts.flatMap((text) => [...text.matchAll(/resourceKind<[^(]*>\('([^']+)'\)/g)].map(([, kind = '']) => kind));
}

test.each(modules.map(({ name }) => name))('found 6.9: %s says the form of every kind that it stores', (name) => {
  const stored = modules.find((module) => module.name === name)?.stored;
  expect(kindsIn(name)).not.toEqual([]);
  expect(stored?.resources.map(({ kind }) => kind).toSorted()).toEqual(kindsIn(name).toSorted());
});

test.each(variants)(
  'found 6.9: the seed of %s %s fits what it says, so that its snapshots can be restored',
  async (name, profile) => {
    const emulator = await startTestEmulator({ providers: 'all', profiles: { [name]: profile } });
    const { body } = await emulator.request.get('/_latchkey/snapshot').responseType('blob').expect(200);
    await emulator.request.put('/_latchkey/snapshot').set('Content-Type', 'application/vnd.sqlite3').send(body).expect(200);
    await emulator.close();
  },
);

test('found 6.9: records of a provider that is not running are judged by the rules of all providers', () => {
  const rules = contentRules([]);
  const resource = { id: '1', tenant: 't', name: null, createdAt: 1, data: 7 };
  expect(rules.problemOfResource('other', { kind: 'k', resource })).toBeUndefined();
  expect(rules.problemOfResource('other', { kind: 'k', resource: { ...resource, id: '' } })).toBe('id: must not be empty');
  expect(rules.problemOfWhole('other', new Set())).toBeUndefined();
});
