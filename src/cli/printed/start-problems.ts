import { LatchkeyError } from '../../client/error.ts';
import { ConfigError } from '../../config/config.ts';
import { fileProblem } from '../../config/system-words.ts';
import { TlsError } from '../../config/tls.ts';
import { DatabaseError, StorageError } from '../../core/world-store.ts';
import { OwnershipError } from '../../http/claims.ts';
import { SeedFileError } from '../../worlds/seeds.ts';
import { versionAt } from '../reaching/healthy.ts';

/** Why a server cannot start: a line for each problem. Rethrows unforeseen errors, so that their stack is printed. */
export async function startProblems(error: unknown): Promise<readonly string[]> {
  if (error instanceof ConfigError || error instanceof SeedFileError) return error.problems;
  const isForeseen = [DatabaseError, StorageError, OwnershipError, TlsError, LatchkeyError].some((kind) => error instanceof kind);
  if (error instanceof Error && isForeseen) return [error.message];
  if (error instanceof Error && 'syscall' in error) return [await systemProblem(error)];
  throw error;
}

interface SystemError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly path?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly address?: unknown;
}

async function systemProblem(error: SystemError): Promise<string> {
  const { code, syscall, path, hostname, port, address } = error;
  const isSpawn = String(syscall).startsWith('spawn');
  if (isSpawn && code === 'ENOENT') return `the command ${path} does not exist, or its folder is not in PATH`;
  if (isSpawn) return `the command ${path} cannot be run: ${fileProblem(error)}`;
  if (code === 'EADDRINUSE') return portInUse(String(address), Number(port));
  if (code === 'EACCES' && port !== undefined)
    return `port ${port} may not be used (${address}): permission denied; use a port from 1024 on, such as --port 5282`;
  if (code === 'EADDRNOTAVAIL')
    return `this machine does not have the address ${address}: --host wants one that it has, such as 127.0.0.1`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `the host ${hostname ?? address} is unknown here: --host wants an address of this machine, such as 127.0.0.1`;
  return `${path ?? address ?? syscall}: ${fileProblem(error)}`;
}

/** Who holds the port, and what to do about it. */
async function portInUse(address: string, port: number): Promise<string> {
  const host = ['0.0.0.0', '::'].includes(address) ? '127.0.0.1' : address;
  const version = await versionAt(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const holder = version === undefined ? 'another program has it' : `it is a latchkey ${version}`;
  return `port ${port} is in use (${address}): ${holder}; stop it, or use --port 0 or another port`;
}
