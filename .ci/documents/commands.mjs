// What the pages call and cannot be had here, or must be what is built here: small commands on the page's path.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes them, and installs beside the package what its users install with it. Gives the folder to put on the path. */
export function makeCommands(project, root) {
  const installed = join(project, 'node_modules');
  for (const name of ['@rockset', 'estuary-client', 'vitest'])
    symlinkSync(join(root, 'node_modules', name), join(installed, name));
  // Test files are CommonJS or ES modules by what is in them.
  writeFileSync(join(project, 'package.json'), '{}');
  standInForContainers(join(installed, 'testcontainers'), root);

  const folder = join(project, 'bin');
  mkdirSync(folder);
  const command = (name, script) => writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  command('latchkey', latchkey(join(installed, 'latchkey', 'dist', 'cli.js')));
  command('npx', npx(root));
  for (const name of ['npm', 'docker', 'kubectl']) command(name, `exec node '${join(root, '.ci/documents', name)}.mjs' "$@"`);
  return folder;
}

/**
 * The package's command. Where a page says nothing else it drives the page's latchkey; one that the page starts has the page's
 * ports, and what it announces goes to a file, because it comes whenever it is ready.
 */
function latchkey(cli) {
  return `
case " $* " in *' --help '*|*' --version '*) exec node '${cli}' "$@" ;; esac
export LATCHKEY_URL="\${LATCHKEY_URL:-http://127.0.0.1:$PAGE_PORT}"
case "$1" in
  health) LATCHKEY_PORT="$PAGE_PORT" exec node '${cli}' "$@" ;;
  serve|-*|'') ;;
  *) exec node '${cli}' "$@" ;;
esac
export LATCHKEY_PORT="\${LATCHKEY_PORT:-$PAGE_PORT}" LATCHKEY_LOG_LEVEL="\${LATCHKEY_LOG_LEVEL:-warn}"
case " $* " in *' --tls '*) export LATCHKEY_TLS_PORT="\${LATCHKEY_TLS_PORT:-$PAGE_TLS_PORT}" ;; esac
echo $$ >>"$PAGE_PROCESSES"
exec node '${cli}' "$@" >>"$PAGE_LOG"`;
}

/** What \`npx\` may be asked for. */
function npx(root) {
  return `
program="$1"; shift
case "$program" in
  latchkey) exec latchkey "$@" ;;
  vitest) exec node '${root}/node_modules/vitest/vitest.mjs' "$@" ;;
  jest) exec node '${root}/.ci/documents/jest.cjs' "$@" ;;
  *) echo "npx: the pages' runner does not know $program" >&2; exit 2 ;;
esac`;
}

/** The package \`testcontainers\` as the tests have it: a container is a process. */
function standInForContainers(folder, root) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(folder, 'index.js'), `export * from '${join(root, 'test/testing/containers-as-processes.ts')}';\n`);
}
