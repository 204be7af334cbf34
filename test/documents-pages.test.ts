import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  allPages,
  anchorsOf,
  type CodeBlock,
  codeBlocksOf,
  languages,
  linksOf,
  pagesWithCode,
  readPage,
} from '../scripts/markdown.ts';
import { commands } from '../src/cli/commands.ts';
import { type CredentialsByProvider, clientOf } from '../src/client/client.ts';
import { settingsOf, variableOf } from '../src/config/settings.ts';
import * as library from '../src/library.ts';
import { root } from '../src/package.ts';
import { loadGuests } from './support/guests.ts';

const providers = await loadGuests();
const settings = Object.keys(settingsOf(providers));
const read = (page: string) => readPage(root, page);

const pages = [
  'getting-started',
  'worlds',
  'clock',
  'faults',
  'seeds',
  'library',
  'test-runners',
  'other-languages',
  'prove',
  'cli',
  'containers',
  'replicas',
  'control-plane',
  'dashboard',
  'fidelity',
  'adding-a-provider',
  'adding-an-operation',
  'adding-a-fault-effect',
].map((name) => `docs/${name}.md`);

describe('docs', () => {
  test('has these pages, and no other', () => {
    const there = pagesWithCode(root).filter((page) => page.startsWith('docs/'));
    expect(there.toSorted()).toEqual(['docs/README.md', ...pages].toSorted());
  });

  test.each(['README.md', 'docs/README.md'])('%s links every page', (index) => {
    const linked = linksOf(read(index)).map((link) => relative(root, resolve(root, dirname(index), link)));
    expect(linked).toEqual(expect.arrayContaining(pages));
  });

  test('docs/decisions/README.md links every decision, and docs/README.md links it', () => {
    const decisions = allPages(root).filter((page) => /^docs\/decisions\/(?!README)/.test(page));
    const linked = linksOf(read('docs/decisions/README.md')).map((link) => `docs/decisions/${link}`);
    expect(linked.toSorted()).toEqual(decisions.toSorted());
    expect(linksOf(read('docs/README.md'))).toContain('decisions/README.md');
  });

  test('README.md leads to https and to the test runners', () => {
    for (const named of ['https', 'vitest', 'Jest', 'node:test', 'Testcontainers']) expect(read('README.md')).toContain(named);
  });

  test.each(pages)('%s is short', (page) => {
    expect(read(page).split('\n').length).toBeLessThanOrEqual(170);
  });
});

describe.each(allPages(root))('%s', (page) => {
  test('has links that lead somewhere', () => {
    expect(linksOf(read(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  test('has code that can be run', () => {
    const isKnown = ({ language, file }: CodeBlock) => languages.has(language) && (file !== undefined || isRun(language));
    expect(codeBlocksOf(read(page)).filter((block) => !isKnown(block))).toEqual([]);
  });

  test('names only variables that are settings', () => {
    const ofClients = ['LATCHKEY_URL', 'LATCHKEY_TLS_URL', 'LATCHKEY_CA'];
    // Shown to be refused.
    const wrong = ['LATCHKEY_PROT'];
    const known = new Set([...[...settings, 'config'].map(variableOf), ...ofClients, ...wrong]);
    const named = read(page).match(/\bLATCHKEY_[A-Z_]+/g) ?? [];
    expect(named.filter((variable) => !known.has(variable))).toEqual([]);
  });
});

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || (statSync(target).isFile() && anchorsOf(readFileSync(target, 'utf8')).has(anchor));
}

function isRun(language: string): boolean {
  return language === 'sh' || language === 'js';
}

describe('docs/cli.md', () => {
  const text = read('docs/cli.md');
  const names = [...commands.map(({ name }) => name), 'help'];

  test.each(names)('shows latchkey %s', (command) => {
    expect(text).toMatch(new RegExp(`^\\| \`latchkey ${command}\\b`, 'm'));
  });

  test.each(names)('has an example of latchkey %s', (command) => {
    const run = codeBlocksOf(text).map(({ code }) => code);
    expect(run.join('\n')).toMatch(new RegExp(`^latchkey ${command}\\b`, 'm'));
  });

  test.each(providers)('says what exec sets for $name', ({ environment }) => {
    const bases = { http: 'http://localhost:5282', https: 'https://localhost:5283' };
    const credential = { name: 'admin', secret: 'secret', header: null, description: '' };
    const missing = Object.keys(environment(bases, credential)).filter((name) => !text.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });
});

test.each([...settings, 'config'])('docs/containers.md says what --%s and its variable do', (setting) => {
  const rows = read('docs/containers.md').split('\n');
  expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^\\| .*\`--${setting}\`.* \\| .*\`${variableOf(setting)}\``)));
});

test('docs/fidelity.md lists every profile, the default first', () => {
  const text = read('docs/fidelity.md');
  for (const { profiles } of providers) expect(text).toContain(profiles.map((profile) => `\`${profile}\``).join(', '));
});

describe('docs/control-plane.md', () => {
  const { paths }: { readonly paths: Readonly<Record<string, object>> } = JSON.parse(
    readFileSync(join(root, 'openapi', 'control.json'), 'utf8'),
  );
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll('{', '<').replaceAll('}', '>')}`),
  );
  const shown = [...read('docs/control-plane.md').matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`?\s]*)/g)].map(([, call]) => call);

  test('names every call, and only calls that exist', () => {
    expect(new Set(shown)).toEqual(new Set(calls));
  });

  test('found 1.11: a path that is not that of a call is written in full', () => {
    const paths = [...read('docs/control-plane.md').matchAll(/`(\/[^`]*)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !path.startsWith('/_latchkey'))).toEqual([]);
    expect(paths).toContain('/_latchkey/ca.pem');
  });
});

describe('docs/library.md', () => {
  const text = read('docs/library.md') + read('docs/test-runners.md');

  test('names everything that the package exports', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const modules = Object.keys(exports).map((path) => path.replace('.', 'latchkey'));
    const missing = [...modules, ...Object.keys(library)].filter((name) => !new RegExp(`['\`]${name}\\b`).test(text));
    expect(missing).toEqual([]);
  });

  test('names every member of the client', () => {
    const transport = { url: '', call: unused, download: unused, upload: unused, stream: unused, of: unused };
    const noCredentials: CredentialsByProvider = JSON.parse('{}');
    const members = Object.entries(clientOf(transport, noCredentials, async () => undefined));
    const table = text.split('\n').filter((line) => line.startsWith('| `'));
    const missing = members.flatMap(([name, member]) => {
      const row = table.find((line) => new RegExp(`\`lk\\.${name}\\b`).test(line)) ?? '';
      const parts = ['clock', 'keys', 'faults'].includes(name) ? Object.keys(member) : [];
      return [
        ...(row === '' ? [name] : []),
        ...parts.filter((part) => !row.includes(`.${part}(`)).map((part) => `${name}.${part}`),
      ];
    });
    expect(missing).toEqual([]);
  });

  test('names every matcher', () => {
    const source = readFileSync(join(root, 'src/testing/matchers.ts'), 'utf8');
    const matchers = [...source.matchAll(/^ {2}(to\w+)\(/gm)].map(([, name = '']) => name);
    expect(matchers.length).toBeGreaterThan(3);
    expect(matchers.filter((name) => !text.includes(`| \`${name}(`))).toEqual([]);
  });
});

function unused(): never {
  throw new Error('nothing is called');
}
