// One bash for a page: what a block sets, the next ones have.
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
    // In a process group of its own, so that whatever it leaves behind can be ended with it.
    const options = { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] };
    this.#bash = spawn('bash', ['--noprofile', '--norc', '-euo', 'pipefail'], options);
    this.#said = createInterface({ input: this.#bash.stdout })[Symbol.asyncIterator]();
    // Said where it is noticed: by the next `run`.
    this.#bash.stdin.on('error', () => undefined);
  }

  /** Runs commands and gives what they print, to both outputs. Throws where one fails, and where they take too long. */
  async run(commands) {
    const [input, output] = ['commands', 'output'].map((name) => join(this.#folder, name));
    writeFileSync(input, `${commands}\n`);
    const timer = setTimeout(() => this.#bash.kill('SIGKILL'), longestMs);
    this.#bash.stdin.write(`source '${input}' >'${output}' 2>&1 </dev/null; echo done\n`);
    const { done } = await this.#said.next();
    clearTimeout(timer);
    const printed = readFileSync(output, 'utf8').replaceAll('\r\n', '\n');
    if (done) throw new Error(`this fails, or does not end:\n${commands}\n${printed}`);
    return printed;
  }

  /** Ends it, and what it has started and nobody ended. */
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
