import { LatchkeyError } from '../client/error.ts';
import { inOptions } from './options.ts';

/** The errors of a start by their names, because the program is loaded only when it is started. */
const codes: ReadonlyMap<string, string> = new Map([
  ['ConfigError', 'option_invalid'],
  ['OwnershipError', 'option_invalid'],
  ['SeedFileError', 'seed_invalid'],
  ['DatabaseError', 'database_unusable'],
  ['TlsError', 'tls_unusable'],
]);

/** What the system says of an address, by its code. */
const addresses: ReadonlyMap<string, readonly [code: string, what: (at: { port: unknown; host: unknown }) => string]> = new Map([
  ['EADDRINUSE', ['port_in_use', ({ port }) => `port ${port} is in use: choose another one, or leave it out for any free one`]],
  ['EACCES', ['port_forbidden', ({ port }) => `port ${port} may not be used by this user: choose one above 1023`]],
  ['EADDRNOTAVAIL', ['host_unusable', ({ host }) => `host ${host} is not an address of this machine`]],
  ['ENOTFOUND', ['host_unusable', ({ host }) => `host ${host} has no address`]],
  ['EAI_AGAIN', ['host_unusable', ({ host }) => `host ${host} has no address`]],
]);

/** Why a latchkey could not be started, in terms of its options. An unforeseen error is given back as it is. */
export function startError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = codes.get(error.name);
  if (code !== undefined) {
    const message = inOptions(error.message);
    return new LatchkeyError(0, code, message, message.split('\n'), { cause: error });
  }
  const { port, address, hostname, code: found }: Readonly<Record<string, unknown>> = Object(error);
  const known = addresses.get(String(found));
  if (known === undefined || !('syscall' in error)) return error;
  const [addressCode, what] = known;
  return new LatchkeyError(0, addressCode, what({ port, host: address ?? hostname }), null, { cause: error });
}
