// `npm` on a page: installing what is installed already. Anything else it does not know.
const here = new Set(['latchkey', 'vitest', '@rockset/client', 'estuary-client', 'testcontainers', 'jest']);

const [action, ...words] = process.argv.slice(2);
const unknown = words.filter((word) => word !== '-D' && !here.has(word));
if (!['i', 'install'].includes(action) || unknown.length > 0) {
  console.error(`npm: the pages' runner does not know ${[action, ...unknown].join(' ')}`);
  process.exitCode = 2;
}
