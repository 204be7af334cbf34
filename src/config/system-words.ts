import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is wrong with a file, by the system's code. */
const ofFiles: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'it exists already',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EFBIG: 'it is too large',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk cannot be read or written',
};

/** The system's code of an error (`ENOENT`); undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether an error is about a file that could not be read or written, in the system's own words. */
export function isFileError(error: unknown): error is Error & { readonly path: unknown } {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Why a file cannot be read or written, in words for a person instead of those of Node.js. */
export function fileProblem(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT' && isFileError(error) && !existsSync(dirname(String(error.path)))) return 'its folder does not exist';
  return ofFiles[code ?? ''] ?? `the system refuses it${code === undefined ? '' : ` (${code})`}`;
}
