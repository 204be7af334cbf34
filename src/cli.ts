#!/usr/bin/env node
// Nothing else is imported before the version is checked.
import { nodeProblem } from './node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`latchkey: ${problem}\n`);
  process.exitCode = 1;
} else if (process.argv[2] === 'health' && !process.argv.includes('--help')) {
  // Skips the rest of the program, which would take longer to load than the answer takes.
  const [{ command }, { surroundingsOf }] = [await import('./cli/health.ts'), await import('./cli/surroundings.ts')];
  const surroundings = surroundingsOf(process);
  process.exitCode = surroundings === undefined ? 1 : await command.run(process.argv.slice(3), surroundings);
} else {
  const { main } = await import('./cli/main.ts');
  await main(process.argv.slice(2));
}
