import type { FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import { type ApiKey, refusalOf } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import { hashSecret } from '../core/secret.ts';
import type { RequestWorld } from '../http/request-world.ts';
import { candidatesOf } from '../journal/credentials.ts';
import type { MutantName } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';

/** A way in which a mutant would let a refused credential in. */
export interface Admission {
  readonly mutant: MutantName;
  /** The key with which it goes on. */
  readonly as: ApiKey;
  /** The provider whose key it is. */
  readonly other?: string;
}

/** A credential that was refused. */
export interface Refused {
  readonly world: RequestWorld;
  readonly provider: Provider;
  /** The other providers that are running. */
  readonly others: readonly Provider[];
  readonly code: ErrorCode;
  /** What was read of it; undefined if nothing was. */
  readonly secret: string | undefined;
  /** The key that it belongs to, if any. */
  readonly key: ApiKey | undefined;
  readonly now: Instant;
  /** The headers that it came in; undefined where latchkey itself was asked. */
  readonly headers?: FastifyRequest['headers'];
}

/** So long `expire-late` accepts an expired key. */
const graceMs = 86_400_000;

/** Every way in which a mutant would let it in. */
export async function admissionsOf(refused: Refused): Promise<readonly Admission[]> {
  const { code, key, now } = refused;
  switch (code) {
    case 'key_expired':
      return key === undefined
        ? []
        : [entering('accept-expired', key), ...(isLate(key, now) ? [entering('expire-late', key)] : [])];
    case 'key_revoked':
      return key === undefined ? [] : [entering('accept-revoked', key)];
    case 'key_suspended':
      return key === undefined ? [] : [entering('accept-suspended', key)];
    case 'key_unknown':
      return asAdministrator(refused, 'accept-unknown', await ownerOfSecret(refused));
    case 'credential_missing':
      return asAdministrator(refused, 'accept-missing');
    case 'credential_malformed':
      return malformed(refused);
    default:
      return [];
  }
}

function entering(mutant: MutantName, as: ApiKey): Admission {
  return { mutant, as };
}

function isLate({ expiresAt }: ApiKey, now: Instant): boolean {
  return expiresAt !== null && now - expiresAt <= graceMs;
}

async function asAdministrator({ world, provider }: Refused, mutant: MutantName, other?: string): Promise<readonly Admission[]> {
  const { name, mutability } = provider;
  const as = await mutability.administrator(world.keys(name), world.resources(name));
  if (as === undefined) return [];
  const admissions: Admission[] = [entering(mutant, as)];
  return other === undefined ? admissions : [...admissions, { mutant: 'accept-other-provider', as, other }];
}

/** The other provider whose key has this secret, if any. */
async function ownerOfSecret({ world, others, secret }: Refused): Promise<string | undefined> {
  if (secret === undefined) return undefined;
  for (const { name, normalizeSecret } of others) {
    const key = await world.keys(name).findFirst({ hash: hashSecret(normalizeSecret?.(secret) ?? secret) });
    if (key !== undefined) return name;
  }
  return undefined;
}

/** With the key that the header holds, if there is one: it must be one that is accepted otherwise. */
async function malformed(refused: Refused): Promise<readonly Admission[]> {
  const { world, provider, headers = {}, now } = refused;
  const keys = world.keys(provider.name);
  for (const { hash } of candidatesOf(headers, provider)) {
    const key = await keys.findFirst({ hash });
    if (key !== undefined) return refusalOf(key, now) === undefined ? [entering('accept-malformed', key)] : [];
  }
  return asAdministrator(refused, 'accept-malformed');
}
