import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeBlocksOf, readPage } from '../../scripts/markdown.ts';
import { commandGroups, commands } from '../../src/cli/commands.ts';
import { readVersion, root } from '../../src/package.ts';
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

  test('found 3.8: is described in the help, and has its own: how it is called, its options, examples', async () => {
    const { stdout: all } = await runHere(['--help']);
    expect(all).toContain(`  ${name.padEnd(11)}  ${does}\n`);
    const { status, stdout, stderr } = await runHere([name, '--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(await runHere(['help', name])).toEqual({ status, stdout, stderr });
    const { usage } = (await load()).command;
    expect(stdout).toMatch(new RegExp(`^Usage: latchkey ${name} `));
    expect(stdout).toContain(`\n${does}\n`);
    if (usage === undefined) expect(stdout).toContain('--rockset-profile');
    for (const option of Object.keys(usage?.options ?? {})) expect(stdout).toContain(`--${option}`);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(stdout).toContain(`\n  latchkey ${example}\n`);
  });

  test('found 3.8: each of its actions has its own help too', async () => {
    const { actions = {} } = (await load()).command;
    const { stdout: own } = await runHere([name, '--help']);
    for (const [word, action] of Object.entries(actions)) {
      expect(own).toMatch(new RegExp(`^  ${word}\\b.*  ${action.does.replaceAll(/[^\w ]/g, '.')}$`, 'm'));
      const { status, stdout } = await runHere([name, word, '--help']);
      expect([status, await runHere(['help', name, word])]).toEqual([0, { status, stdout, stderr: '' }]);
      expect(stdout).toMatch(new RegExp(`^Usage: latchkey ${name} ${word} \\[options\\]`));
      for (const option of Object.keys(action.command.usage?.options ?? {})) expect(stdout).toContain(`--${option}`);
      for (const example of action.examples) expect(stdout).toContain(`\n  latchkey ${example}\n`);
      expect(action.examples.length).toBeGreaterThan(0);
    }
  });
});

test('found 3.8: every group of the help has commands, and every command is in one', async () => {
  const { stdout } = await runHere(['--help']);
  for (const group of commandGroups) expect(stdout).toMatch(new RegExp(`^${group}\n  \\w`, 'm'));
  expect(commands.every(({ group }) => commandGroups.includes(group))).toBe(true);
});

test('found 3.8: -v and --version print the version', async () => {
  const printed = { status: 0, stdout: `${readVersion()}\n`, stderr: '' };
  expect(await runHere(['-v'])).toEqual(printed);
  expect(await runHere(['--version'])).toEqual(printed);
});

test('found 3.9: on a terminal the help keeps to its width', async () => {
  for (const args of [['--help'], ['serve', '--help'], ['keys', 'issue', '--help']]) {
    const { stdout } = await runHere(args, { columns: 120 });
    const described = stdout.split('\n').filter((line) => /^ {2}/.test(line) && !line.startsWith('  latchkey '));
    expect(described.filter((line) => line.length > 120)).toEqual([]);
  }
});
