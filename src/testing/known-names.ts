import { LatchkeyError } from '../client/error.ts';
import type { Latchkey, RequestFilter } from '../client/types.ts';

/** Why a request was refused, in the words of the journal. */
const refusalReasons = [
  'credential_missing',
  'credential_malformed',
  'key_unknown',
  'key_expired',
  'key_suspended',
  'key_revoked',
  'permission_denied',
] as const;

/** Why a request was refused, in the words of the journal. */
export type RefusalReason = (typeof refusalReasons)[number];

// A test that asks for a name that nothing can have would hold for ever, with `not` at least.

/** Throws LatchkeyError for a reason that no refusal can have. */
export function checkReason(reason: unknown): void {
  const known: readonly unknown[] = refusalReasons;
  if (reason !== undefined && !known.includes(reason)) throw unknown('reason', reason, refusalReasons);
}

/** Throws LatchkeyError for a filter that no request can pass: a field, a provider or an operation that the latchkey does not have. */
export async function checkFilter(lk: Latchkey, filter: RequestFilter): Promise<void> {
  const fields: { readonly [Name in keyof RequestFilter]-?: true } = {
    provider: true,
    operation: true,
    status: true,
    key: true,
    refused: true,
    code: true,
    method: true,
    q: true,
    mark: true,
    since: true,
    limit: true,
  };
  const names = Object.keys(fields);
  for (const name of Object.keys(filter)) if (!names.includes(name)) throw unknown('field of a filter', name, names);
  const { provider, operation } = filter;
  if (provider === undefined && operation === undefined) return;
  const running = await lk.providers();
  const wanted = running.filter(({ name }) => name === (provider ?? name));
  if (wanted.length === 0)
    throw unknown(
      'provider',
      provider,
      running.map(({ name }) => name),
    );
  const operations = wanted.flatMap((one) => [...one.operations, ...one.unimplemented].map(({ id }) => id));
  if (operation !== undefined && !operations.includes(operation))
    throw unknown('operation', operation, near(operation, operations));
}

/** The names that begin alike; all if there are none. */
function near(name: string, names: readonly string[]): readonly string[] {
  const alike = names.filter((one) => one.slice(0, 5).toLowerCase() === String(name).slice(0, 5).toLowerCase());
  return alike.length === 0 ? names : alike;
}

function unknown(what: string, name: unknown, known: readonly string[]): LatchkeyError {
  const message = `there is no ${what} ${JSON.stringify(name)}; there is ${known.join(', ')}`;
  return new LatchkeyError(0, 'name_unknown', message, known);
}
