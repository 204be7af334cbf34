/**
 * What is wrong with the version of Node.js that runs this, or nothing. It is asked before anything native is loaded: the
 * SQLite module crashes an older Node instead of refusing it.
 */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < 22 || (major === 22 && minor < 14);
  return isOld ? `needs Node.js 22.14 or newer, and this is ${version}` : undefined;
}

/** Throws where there is such a problem. */
export function requireNode(version: string): void {
  const problem = nodeProblem(version);
  if (problem !== undefined) throw new Error(`latchkey ${problem}`);
}
