import { readFile, writeFile } from 'node:fs/promises';
import { systemClock } from '../../clock.ts';
import { fileProblem, isFileError } from '../../config/system-words.ts';
import { TlsError } from '../../config/tls.ts';
import { Authority } from './authority.ts';

/**
 * The authority in a file, which is created if it does not exist: clients that trust it need not be changed after a
 * restart. Throws TlsError if the file cannot be read, written or understood.
 */
export async function authorityOf(file: string): Promise<Authority> {
  try {
    return await Authority.read(await contentOf(file), systemClock.now());
  } catch (error) {
    throw new TlsError(`cannot use the certificate authority ${file}: ${reasonOf(error)}`);
  }
}

/** The messages of `Authority` are our own. */
function reasonOf(error: unknown): string {
  if (isFileError(error)) return fileProblem(error);
  return error instanceof Error ? error.message : String(error);
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!isError(error, 'ENOENT')) throw error;
  }
  const { pem } = await Authority.make(systemClock.now());
  try {
    // The file contains the private key.
    await writeFile(file, pem, { flag: 'wx', mode: 0o600 });
    return pem;
  } catch (error) {
    // Another process was faster: use its authority.
    if (isError(error, 'EEXIST')) return readFile(file, 'utf8');
    throw error;
  }
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
