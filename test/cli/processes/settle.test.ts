import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const module = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'running', 'settle.ts');

/** Makes garbage as a start does, then waits, idle, until the heap is half as large; a test that fails runs into its time limit. */
const program = `
  const { giveBackStartMemory } = await import(${JSON.stringify(module)});
  let made = [];
  for (let i = 0; i < 400_000; i++) made.push({ i, text: 'x'.repeat(i % 7) });
  made = [];
  const before = process.memoryUsage().heapTotal;
  giveBackStartMemory();
  const timer = setInterval(() => {
    if (process.memoryUsage().heapTotal > before / 2) return;
    clearInterval(timer);
    console.log('given back', typeof globalThis.gc);
  }, 100);
`;

test('memory that only the start needed is given back once the process is idle, and no global is left behind', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'given back undefined\n', stderr: '' });
});
