// Small commands on the page's path: stand-ins for programs that are not installed, and `latchkey` as it was built here.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes these commands, and installs the packages that users install beside latchkey. Gives the folder to put on the path. */
export function makeCommands(project, root) {
  const installed = join(project, 'node_modules');
  for (const name of ['@rockset', 'estuary-client', 'vitest'])
    symlinkSync(join(root, 'node_modules', name), join(installed, name));
  // Without a `type`, Node decides by the syntax of a test file whether it is CommonJS or an ES module.
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
 * The package's command. Unless a page says otherwise, it drives the page's latchkey. One that the page starts gets the page's
 * ports, and its output goes to a file, because it is printed whenever the server is ready.
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

/** The programs that pages start with \`npx\`. */
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

/** A stand-in for the package \`testcontainers\`, which the tests use too: its containers are processes. */
function standInForContainers(folder, root) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(folder, 'index.js'), `export * from '${join(root, 'test/testing/containers-as-processes.ts')}';\n`);
}
