import { type Instant, isWritable } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { AnyResource } from '../core/resource-store.ts';
import { hashSecret } from '../core/secret.ts';
import type { ContentRules } from '../core/world-store.ts';
import type { Provider } from '../provider/provider.ts';
import { misfitOf } from '../provider/stored.ts';

/**
 * The rules for what a file may hold: what a seed could have put there. Records of providers that are not running are judged
 * by the rules of all providers alone.
 */
export function contentRules(providers: readonly Provider[]): ContentRules {
  const storedBy = new Map(providers.map(({ name, stored }) => [name, stored]));
  return {
    problemOfKey(key, secret) {
      const attributes = storedBy.get(key.provider)?.attributes;
      return (
        problemOfAnyKey(key) ??
        problemOfSecret(key, secret) ??
        (attributes && problemAt('attributes', misfitOf(attributes, key.attributes)))
      );
    },
    problemOfResource(provider, record) {
      const stored = storedBy.get(provider);
      return problemOfAnyResource(record) ?? (stored && problemOfData(provider, stored.resources, record));
    },
    problemOfWhole(provider, resources) {
      const missing = storedBy
        .get(provider)
        ?.resources.find(({ kind, required }) => required !== undefined && !resources.has(`${kind}/${required}`));
      return missing && `table resources lacks the ${missing.kind} "${missing.required}" of ${provider}`;
    },
  };
}

const instants = ['createdAt', 'updatedAt', 'expiresAt', 'lastUsedAt', 'revokedAt'] as const;
const grantLists: ReadonlySet<string> = new Set(['roles', 'scopes']);

function problemOfAnyKey(key: ApiKey): string | undefined {
  if (key.id === '') return 'id: must not be empty';
  const late = instants.find((name) => !isInstant(key[name]));
  if (late !== undefined) return `${late.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}: ${notAnInstant}`;
  const isGood = ([name, list]: [string, unknown]) => grantLists.has(name) && Array.isArray(list) && list.every(isText);
  return Object.entries(key.grants).every(isGood) ? undefined : 'grants: must hold lists of texts, `roles` and `scopes`';
}

/** A secret is shown by the providers' APIs alone, and a hint by every list: a hint must not be a secret, nor the most of it. */
function problemOfSecret({ hash, hint }: ApiKey, secret: string | null): string | undefined {
  if (secret !== null && hashSecret(secret) !== hash) return 'secret: is not the one that the hash stands for';
  const isPart = secret === null ? hashSecret(hint) !== hash : secret.includes(hint) && hint.length * 2 <= secret.length;
  return isPart ? undefined : 'hint: must be a part of the secret, at most half of it';
}

function problemOfAnyResource({ resource }: AnyResource): string | undefined {
  if (resource.id === '') return 'id: must not be empty';
  return isInstant(resource.createdAt) ? undefined : `created_at: ${notAnInstant}`;
}

function problemOfData(
  provider: string,
  kinds: NonNullable<Provider['stored']>['resources'],
  { kind, resource }: AnyResource,
): string | undefined {
  const known = kinds.find((one) => one.kind === kind);
  if (known === undefined) return `kind: ${provider} stores no ${JSON.stringify(kind.slice(0, 80))}`;
  return problemAt('data', misfitOf(known.schema, resource.data));
}

function problemAt(column: string, place: string | undefined): string | undefined {
  return place === undefined
    ? undefined
    : `${column}: ${place === '' ? 'the value' : place} is not of the form that latchkey stores`;
}

const notAnInstant = 'must be an instant of the years 0000 to 9999';

function isInstant(instant: Instant | null): boolean {
  return instant === null || isWritable(instant);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
