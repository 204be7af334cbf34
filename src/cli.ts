#!/usr/bin/env node
// Nothing else is imported before the version is known.
import { nodeProblem } from './node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`latchkey: ${problem}\n`);
  process.exitCode = 1;
} else if (process.argv[2] === 'health' && !process.argv.includes('--help')) {
  const { checkHealth } = await import('./cli/health.ts');
  try {
    process.exitCode = await checkHealth(process.argv.slice(3), process.env);
  } catch (error) {
    process.stderr.write(`latchkey: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
} else {
  const { main } = await import('./cli/main.ts');
  await main(process.argv.slice(2));
}
