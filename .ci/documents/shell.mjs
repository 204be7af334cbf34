// One bash for a page, so that later blocks have the variables of earlier ones.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const longestMs = 60_000;

export class Shell {
  #bash;
  #said;
  #folder;

  /** `folder` is for its own files; commands run in `cwd`. */
  constructor({ folder, cwd, env }) {
    this.#folder = folder;
    // It has its own process group, so that everything it leaves behind can be ended with it.
    const options = { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] };
    this.#bash = spawn('bash', ['--noprofile', '--norc', '-euo', 'pipefail'], options);
    this.#said = createInterface({ input: this.#bash.stdout })[Symbol.asyncIterator]();
    // The next `run` reports it.
    this.#bash.stdin.on('error', () => undefined);
  }

  /** Runs commands and gives what they print to standard output and standard error. Throws if one fails, or if they take too long. */
  async run(commands) {
    const [input, output] = ['commands', 'output'].map((name) => join(this.#folder, name));
    writeFileSync(input, `${commands}\n`);
    const timer = setTimeout(() => this.#bash.kill('SIGKILL'), longestMs);
    this.#bash.stdin.write(`source '${input}' >'${output}' 2>&1 </dev/null; echo done\n`);
    const { done } = await this.#said.next();
    clearTimeout(timer);
    const printed = readFileSync(output, 'utf8').replaceAll('\r\n', '\n');
    if (done) throw new Error(`these commands fail, or do not end:\n${commands}\n${printed}`);
    return printed;
  }

  /** Ends the shell, and everything that it started and that still runs. */
  async close() {
    if (this.#bash.exitCode === null && this.#bash.signalCode === null) {
      const ended = once(this.#bash, 'exit');
      this.#bash.stdin.end();
      await ended;
    }
    try {
      process.kill(-this.#bash.pid, 'SIGKILL');
    } catch {
      // Nothing was left.
    }
  }
}
