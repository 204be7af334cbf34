#!/usr/bin/env node
// Nothing is imported before the version is known: the SQLite module crashes an older Node instead of refusing it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(`latchkey: needs Node.js 22.14 or newer, and this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (process.argv[2] === 'health') {
  const { checkHealth } = await import('./commands/health.ts');
  process.exitCode = await checkHealth(process.env);
} else {
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}

export {};
