import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { mutants } from '../../src/provider/mutants.ts';

test('the page lists every mutant, and says what is wrong with it', () => {
  const page = readFileSync(join(root, 'docs', 'prove.md'), 'utf8');
  const [, table = ''] = /\n## The mutants\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = [...table.matchAll(/^\| `(.*)` \| (.*) \| (.*) \|$/gm)].map(([, ...cells]) => cells);
  const tried = { default: 'by default', all: 'on demand' };
  expect(rows).toEqual(Object.entries(mutants).map(([name, { set, says }]) => [name, tried[set], says]));
});
