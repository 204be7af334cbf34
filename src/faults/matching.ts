import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyService } from '../core/key-service.ts';
import { hashSecret } from '../core/secret.ts';
import { operationIdOf } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import { isSentBy } from './effects/index.ts';
import type { FaultTerms } from './fault.ts';

/** The credential of a request, as far as it was looked up. */
export interface PresentedCredential {
  readonly secretHash?: string;
  /** The key that it belongs to, accepted or not. */
  readonly key?: ApiKey | undefined;
}

/** Looks up the credential of a request, if one of the faults matches by key or credential. */
export async function credentialFor(
  faults: readonly FaultTerms[],
  request: FastifyRequest,
  provider: Provider,
  keys: KeyService,
): Promise<PresentedCredential> {
  if (!faults.some(({ match, credential }) => match.key !== undefined || credential !== null)) return {};
  const secret = secretOf(request, provider);
  if (secret === undefined) return {};
  const secretHash = hashSecret(secret);
  return { secretHash, key: await keys.findFirst({ hash: secretHash }) };
}

/** Whether a request has everything that a fault matches by. */
export function matches(
  { match, credential, effect }: FaultTerms,
  request: FastifyRequest,
  provider: Provider,
  { secretHash, key }: PresentedCredential,
): boolean {
  const { operation, method, path } = match;
  return (
    (match.provider === undefined || match.provider === provider.name) &&
    (operation === undefined || operationIdOf(request) === operation) &&
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || isAt(path, request.target.path.slice(provider.name.length + 1))) &&
    (match.key === undefined || match.key === key?.id) &&
    (credential === null ||
      (secretHash !== undefined && credential.includes(secretHash)) ||
      (key !== undefined && credential.includes(hashSecret(key.hint)))) &&
    isSentBy(effect, provider)
  );
}

function isAt(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/** The secret that a request presents; undefined if the provider reads none. */
function secretOf(request: FastifyRequest, provider: Provider): string | undefined {
  try {
    return provider.readCredential(request);
  } catch {
    return undefined;
  }
}
