import { LatchkeyError } from '../client/error.ts';
import { ConfigError } from '../config/config.ts';
import { TlsError } from '../config/tls.ts';
import { DatabaseError } from '../core/world-store.ts';
import { OwnershipError } from '../http/claims.ts';
import { SeedFileError } from '../worlds/seeds.ts';

/** Why a server cannot start: a line for each problem. Rethrows unforeseen errors, so that their stack is printed. */
export function startProblems(error: unknown): readonly string[] {
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
