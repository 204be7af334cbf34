import { styleText } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { LatchkeyError } from '../client/error.ts';
import { ConfigError } from '../config/config.ts';
import { TlsError } from '../config/tls.ts';
import { DatabaseError } from '../core/world-store.ts';
import { OwnershipError } from '../http/mounts.ts';
import { readVersion } from '../package.ts';
import { serve } from '../server/serve.ts';
import { SeedFileError } from '../worlds/seeds.ts';

/** The command's own part: arguments in, exit status out. The only file that ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  const [command = 'serve', ...rest] = args[0]?.startsWith('-') ? ['serve', ...args] : args;
  const own = ownArgs(args);
  process.stdout.on('error', (error) => outputFailed(error, command));
  const isHelpWanted = own.includes('--help') || own.includes('-h');
  if (command !== 'serve' && isHelpWanted && (await isDriving(command))) {
    await driveRunning(args);
  } else if (isHelpWanted || command === 'help') {
    const { helpText } = await import('./help.ts');
    process.stdout.write(await helpText());
  } else if (own.includes('--version')) {
    process.stdout.write(`${readVersion()}\n`);
  } else if (command === 'serve') {
    await run(rest);
  } else if (command === 'seed') {
    await checkSeed(rest);
  } else if (command === 'exec') {
    await exec(rest);
  } else if (await isDriving(command)) {
    await driveRunning(args);
  } else {
    refuse([`unknown command ${command}; latchkey --help lists what there is`]);
  }
}

/** Whoever reads what is printed may have had enough (`latchkey requests --follow | head`): a server goes on without. */
function outputFailed(error: NodeJS.ErrnoException, command: string): void {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`latchkey: what it says cannot be written: ${error.message}\n`);
    process.exit(1);
  }
  if (command !== 'serve' && command !== 'exec') process.exit();
}

/** Those before `--`: the others are for the command that `exec` runs. */
function ownArgs(args: readonly string[]): readonly string[] {
  const mark = args.indexOf('--');
  return mark === -1 ? args : args.slice(0, mark);
}

async function run(args: readonly string[]): Promise<void> {
  try {
    const { emulator, logger, announcement } = await serve({ args, env: process.env, folder: process.cwd() }, readVersion());
    const closing = closeWithGrace({ delay: 900, logger: false }, async ({ err }) => {
      if (err) logger.fatal({ err }, 'stopping after an unexpected error');
      await emulator.close();
      logger.flush();
    });
    // A process that was forked ends with the one that did it, however that ended.
    if (process.connected) process.once('disconnect', () => closing.close());
    process.stdout.write(announcement);
  } catch (error) {
    refuse(problemsOf(error));
  }
}

/** `latchkey seed validate FILE [--json]`. */
async function checkSeed(args: readonly string[]): Promise<void> {
  const [action, file, ...more] = args.filter((arg) => arg !== '--json');
  if (action !== 'validate' || file === undefined || more.length > 0)
    return refuse(['usage: latchkey seed validate FILE [--json]']);
  const { seedProblems } = await import('./seed.ts');
  const problems = await seedProblems(file, process.cwd());
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ file, problems })}\n`);
  else if (problems.length === 0) process.stdout.write(`${file} is a good seed file\n`);
  else refuse(problems);
  if (problems.length > 0) process.exitCode = 1;
}

/** `latchkey exec [flags] -- command`. */
async function exec(args: readonly string[]): Promise<void> {
  const mark = args.indexOf('--');
  const command = args.slice(mark + 1);
  if (mark === -1 || !command[0]) return refuse(['usage: latchkey exec [flags] -- command']);
  try {
    const { execWithLatchkey } = await import('./exec.ts');
    const sources = { args: args.slice(0, mark), env: process.env, folder: process.cwd() };
    process.exitCode = await execWithLatchkey(sources, command, readVersion());
  } catch (error) {
    refuse(problemsOf(error));
    process.exitCode = statusOf(error);
  }
}

/** The parser of those commands is large, and no server needs it. */
async function isDriving(command: string): Promise<boolean> {
  const { drivingCommands } = await import('./drive.ts');
  return drivingCommands.has(command);
}

async function driveRunning(args: readonly string[]): Promise<void> {
  const { drive } = await import('./drive.ts');
  try {
    await drive(args, {
      env: process.env,
      // Colours on a terminal alone, and not where NO_COLOR asks for none.
      paint: (colour, text) => styleText(colour, text, { stream: process.stdout }),
      write: (text) => void process.stdout.write(text),
      fail: () => {
        process.exitCode = 1;
      },
    });
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) process.exitCode = Number(error.exitCode);
    else refuse([error instanceof Error ? error.message : String(error)]);
  }
}

/** As shells do it: 127 for a command that is not there, 126 for one that cannot be run. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error && String(error.syscall).startsWith('spawn'))) return 1;
  return error.code === 'ENOENT' ? 127 : 126;
}

/** What stops a start, a line each. What nobody foresaw keeps its stack. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError || error instanceof SeedFileError) return error.problems;
  const isForeseen = [DatabaseError, OwnershipError, TlsError, LatchkeyError].some((kind) => error instanceof kind);
  if (error instanceof Error && isForeseen) return [error.message];
  if (error instanceof Error && 'syscall' in error) return [systemProblem(error)];
  throw error;
}

function systemProblem(error: Error & { readonly code?: unknown; readonly port?: unknown; readonly address?: unknown }): string {
  if (error.code === 'EADDRINUSE') return `port ${error.port} is in use (${error.address})`;
  if (error.code === 'EACCES' && error.port !== undefined)
    return `port ${error.port} may not be used (${error.address}): permission denied`;
  return error.message;
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) process.stderr.write(`latchkey: ${problem}\n`);
  process.exitCode = 1;
}
