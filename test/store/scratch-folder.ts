import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Makes a folder for a test file, which is removed after its tests. The result gives the path of a file in it, inside tests only. */
export function scratchFolder(): (file: string) => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (file) => join(folder, file);
}
