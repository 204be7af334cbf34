import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import type { KeyWords, SeedContext, SeedCredential, SeedPath } from '../../../provider/seed/format.ts';
import { derivedText, readLife, reportRepeats } from '../../../provider/seed/keys.ts';
import { draftToken } from '../keys/keys.ts';
import { modelResourceIdOf, models } from '../models/models.ts';
import { unknownOrganizations } from './records.ts';
import type { SeedKey, SeedSection } from './schemas.ts';

interface SeededKeys {
  readonly keys: readonly KeyDraft[];
  readonly credentials: readonly SeedCredential[];
}

/** Makes the keys of a section. Reports repeated secrets, unknown organisations and unknown models. */
export async function readSeededKeys(section: SeedSection, context: SeedContext): Promise<SeededKeys> {
  const { keys: list = [] } = section;
  reportRepeats(list, 'secret', ['keys'], context);
  const [keys, credentials]: [KeyDraft[], SeedCredential[]] = [[], []];
  const reportUnknown = unknownOrganizations(section, context);
  const reportUnknownModel = unknownModels(section, context);
  for (const [index, key] of list.entries()) {
    await reportUnknown(key.organization, ['keys', index, 'organization']);
    await reportUnknownModel(key, ['keys', index, 'resourceId']);
    const token = key.secret ?? tokenFor(key, index, context);
    keys.push(draftSeeded(key, token, ['keys', index], context));
    credentials.push(credentialOf(key, `${token}:${key.organization}`));
  }
  return { keys, credentials };
}

/** Makes what reports a key's model that is neither in the section nor in the world. */
function unknownModels({ models: list = [] }: SeedSection, { existing, report }: SeedContext) {
  const ids = new Set(list.map((model) => modelResourceIdOf(model.organization, model.id)));
  return async ({ organization, resourceId }: SeedKey, path: SeedPath): Promise<void> => {
    if (resourceId === undefined) return;
    const id = modelResourceIdOf(organization, resourceId);
    if (ids.has(id) || (await existing.get(models, id)) !== undefined) return;
    report(path, `there is no model ${JSON.stringify(resourceId)} in ${JSON.stringify(organization)}`);
  };
}

function tokenFor({ organization, owner, name = '' }: SeedKey, index: number, { salt }: SeedContext): string {
  const words = [salt, organization, owner, name, String(index)];
  return `${derivedText(10, 'id', ...words)}.${derivedText(53, ...words)}`;
}

function draftSeeded(key: SeedKey, token: string, path: SeedPath, context: SeedContext): KeyDraft {
  const { organization, owner, name = '', scopes, resourceId } = key;
  const life = readLife(key, path, context);
  return {
    ...draftToken(token, organization, owner),
    ...life,
    expiresAt: life.expiresAt ?? null,
    name,
    grants: scopes === undefined ? {} : { scopes },
    attributes: resourceId === undefined ? {} : { resourceId },
  };
}

/** The fields of a stored key. Its owner need not exist. */
export function describeKey({
  tenant: organization,
  owner,
  name,
  grants: { scopes },
  attributes: { resourceId },
}: ApiKey): KeyWords {
  return {
    organization,
    owner,
    name: name ?? '',
    ...(scopes !== undefined && { scopes }),
    ...(typeof resourceId === 'string' && { resourceId }),
  };
}

function credentialOf({ organization, owner, name = '', scopes }: SeedKey, secret: string): SeedCredential {
  return {
    name: name === '' ? owner : name,
    secret,
    header: { name: 'X-API-Key', value: secret },
    description: `org ${organization}, user ${owner}, scope ${scopes?.join(', ') ?? 'none'}`,
  };
}
