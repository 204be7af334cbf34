/**
 * Why a version of Node.js is too old, or undefined if it is not. Call it before native code is loaded: the SQLite module
 * makes an older Node crash.
 */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < 22 || (major === 22 && minor < 14);
  return isOld
    ? `needs Node.js 22.14 or newer, but this is ${version}: npm i -D node@24 gives a project its own, which npx and npm scripts use`
    : undefined;
}

/** Throws an Error for a version of Node.js that is too old. */
export function requireNode(version: string): void {
  const problem = nodeProblem(version);
  if (problem !== undefined) throw new Error(`latchkey ${problem}`);
}
