// A stand-in for `npm` on a page. It knows only how to install packages that are installed already.
const here = new Set(['latchkey', 'vitest', '@rockset/client', 'estuary-client', 'testcontainers', 'jest']);

const [action, ...words] = process.argv.slice(2);
const unknown = words.filter((word) => word !== '-D' && !here.has(word));
if (!['i', 'install'].includes(action) || unknown.length > 0) {
  console.error(`npm: the pages' runner does not know ${[action, ...unknown].join(' ')}`);
  process.exitCode = 2;
}
