const { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } =
  process.getBuiltinModule('node:fs');
const { homedir } = process.getBuiltinModule('node:os');
const { dirname, join } = process.getBuiltinModule('node:path');

/** How many builds keep their code: each takes two megabytes. */
const mostKept = 4;

/**
 * The folder where latchkey may keep what it can make again, as the system has it; undefined if the user has no home, or
 * asks Node to keep no compiled code (`NODE_DISABLE_COMPILE_CACHE`).
 */
export function userCacheFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: disabled, XDG_CACHE_HOME: given, LOCALAPPDATA: local } = env;
  if (disabled) return undefined;
  const home = homedir();
  const base = platform === 'win32' ? local : given || (home && join(home, '.cache'));
  return base ? join(base, 'latchkey') : undefined;
}

/** Whether a file is there that this user alone can write, as can its folder: V8 trusts what is in it. */
export function isOursAlone(file: string): boolean {
  const uid = process.getuid?.();
  try {
    const stats = [lstatSync(dirname(file)), lstatSync(file)];
    return stats.every((one) => !one.isSymbolicLink() && (uid === undefined || (one.uid === uid && (one.mode & 0o022) === 0)));
  } catch {
    return false;
  }
}

/** Keeps a cache, and drops the oldest ones. A folder that cannot be written only means that the next start is as slow. */
export function keepCache(file: string, content: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  attempt(() => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    chmodSync(dirname(file), 0o700);
    writeFileSync(unfinished, content, { flag: 'wx', mode: 0o600 });
    renameSync(unfinished, file);
    dropOldest(dirname(file));
  });
  attempt(() => rmSync(unfinished, { force: true }));
}

function dropOldest(folder: string): void {
  const kept = readdirSync(folder).map((name) => ({ path: join(folder, name), writtenMs: statSync(join(folder, name)).mtimeMs }));
  kept.sort((one, other) => other.writtenMs - one.writtenMs);
  for (const { path } of kept.slice(mostKept)) rmSync(path, { force: true });
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Nothing is lost.
  }
}
