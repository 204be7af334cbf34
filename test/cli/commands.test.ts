import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeBlocksOf, readPage } from '../../scripts/markdown.ts';
import { commands } from '../../src/cli/commands.ts';
import { root } from '../../src/package.ts';
import { exportsOf, files } from '../architecture/source.ts';
import { runHere } from '../support/command-here.ts';

const names = commands.map(({ name }) => name);
const page = readPage(root, join('docs', 'cli.md'));

test('every file of src/cli that is a command is in the table, and nothing else is', () => {
  const written = files.filter((file) => file.startsWith('cli/') && exportsOf(file).includes('command'));
  expect(written.toSorted()).toEqual(names.map((name) => `cli/${name}.ts`).toSorted());
});

describe.each(commands)('$name', ({ name, does, examples, load }) => {
  test('is loaded from the file of its name', async () => {
    const { command }: { readonly command: unknown } = await import(`../../src/cli/${name}.ts`);
    expect((await load()).command).toBe(command);
  });

  test('has a row and an example in docs/cli.md, which names all its options', async () => {
    expect(page).toMatch(new RegExp(`^\\| \`latchkey ${name}\\b`, 'm'));
    const code = codeBlocksOf(page).map((block) => block.code);
    expect(code.join('\n')).toMatch(new RegExp(`^latchkey ${name}\\b`, 'm'));
    const options = Object.keys((await load()).command.usage?.options ?? {});
    expect(options.filter((option) => !page.includes(`--${option}`))).toEqual([]);
  });

  test('is in the help, and has its own: how it is called, its options, examples', async () => {
    const { stdout: all } = await runHere(['--help']);
    expect(all).toContain(`  ${name.padEnd(12)} ${does}\n`);
    const { status, stdout, stderr } = await runHere([name, '--help']);
    expect([status, stderr]).toEqual([0, '']);
    const { usage } = (await load()).command;
    if (usage === undefined) expect(stdout).toBe(all);
    else expect(stdout).toMatch(new RegExp(`^Usage: latchkey ${name} \\[options\\]`));
    for (const option of Object.keys(usage?.options ?? {})) expect(stdout).toContain(`--${option}`);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(stdout).toContain(`\n  latchkey ${example}\n`);
  });
});
