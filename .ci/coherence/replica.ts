import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Ending } from './history.ts';
import { type Answer, type Call, send } from './http.ts';

export interface ReplicaOptions {
  /** Counted from 1. */
  readonly no: number;
  /** The built command. */
  readonly build: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens (default: any free port, another one after each start). */
  readonly port?: number;
  /** Hears of each end of its processes. */
  readonly ended: (ending: Ending) => void;
}

/** What takes longer to become ready is ended. */
const startMs = 30_000;
/** Keeps clients of a replica that is away from asking without end. */
const awayMs = 20;

/** A latchkey in a process of its own, which can be killed, paused and started again. */
export class Replica {
  readonly no: number;
  readonly #options: ReplicaOptions;
  #child: ChildProcess | undefined;
  #agent = new Agent({ keepAlive: true });
  #port: number | undefined;
  #isKilled = false;

  constructor(options: ReplicaOptions) {
    this.no = options.no;
    this.#options = options;
    process.on('exit', () => this.#child?.kill('SIGKILL'));
  }

  get isReady(): boolean {
    return this.#port !== undefined;
  }

  /** Starts it; false if it ended instead of becoming ready. */
  async start(): Promise<boolean> {
    const { build, env, port: fixedPort = 0 } = this.#options;
    const child = spawn(process.execPath, [build], {
      env: {
        PATH: process.env['PATH'],
        LATCHKEY_PORT: String(fixedPort),
        LATCHKEY_HOST: '127.0.0.1',
        LATCHKEY_LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#isKilled = false;
    const printed = new Printed();
    const ended = this.#tellEnd(child, printed);
    child.stderr.on('data', (chunk) => void printed.add(chunk));
    const announced = new Promise<number>((resolve) => {
      child.stdout.on('data', (chunk) => {
        const port = /ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(printed.add(chunk))?.[1];
        if (port !== undefined) resolve(Number(port));
      });
    });
    const late = setTimeout(() => child.kill('SIGKILL'), startMs);
    const port = await Promise.race([announced, ended]);
    clearTimeout(late);
    if (port === undefined) return false;
    this.#agent = new Agent({ keepAlive: true });
    this.#port = port;
    return true;
  }

  /** Kills it by force, or asks it to leave, and waits for its end. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#isKilled = true;
    this.#port = undefined;
    child.kill(signal);
    await once(child, 'close');
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async send(call: Call): Promise<Answer> {
    if (this.#port !== undefined) return send(this.#port, this.#agent, call);
    await wait(awayMs);
    return { status: undefined, outcome: 'broken', why: 'it does not run' };
  }

  #tellEnd(child: ChildProcess, printed: Printed): Promise<undefined> {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      child.once('close', (status, signal) => {
        const ending = { replica: this.no, startedAt, at: performance.now(), wasReady: this.isReady, wasKilled: this.#isKilled };
        this.#port = undefined;
        this.#agent.destroy();
        this.#options.ended({ ...ending, told: `${signal ?? `status ${status}`}: ${printed.end}` });
        resolve(undefined);
      });
    });
  }
}

/** What a process printed, as far as it is kept. */
class Printed {
  #text = '';

  /** Gives all that is kept. */
  add(chunk: unknown): string {
    this.#text = `${this.#text}${chunk}`.slice(-8000);
    return this.#text;
  }

  get end(): string {
    return this.#text.trim().split('\n').slice(-10).join('\n      ');
  }
}
