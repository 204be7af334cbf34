import type { KeyDraft } from '../../../core/key-service.ts';
import type { SeedContext, SeedCredential, SeedPath } from '../../../provider/seed/format.ts';
import { derivedText, readLife, reportRepeats } from '../../../provider/seed/keys.ts';
import { draftToken } from '../keys/keys.ts';
import { modelResourceIdOf, models } from '../models/models.ts';
import { reportUnknownOrganization } from './records.ts';
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
  for (const [index, key] of list.entries()) {
    await reportUnknownOrganization(key.organization, ['keys', index, 'organization'], section, context);
    await reportUnknownModel(key, ['keys', index, 'resourceId'], section, context);
    const token = key.secret ?? tokenFor(key, index, context);
    keys.push(draftSeeded(key, token, ['keys', index], context));
    credentials.push(credentialOf(key, `${token}:${key.organization}`));
  }
  return { keys, credentials };
}

async function reportUnknownModel(
  { organization, resourceId }: SeedKey,
  path: SeedPath,
  { models: list = [] }: SeedSection,
  { existing, report }: SeedContext,
): Promise<void> {
  if (resourceId === undefined) return;
  if (list.some((model) => model.organization === organization && model.id === resourceId)) return;
  if ((await existing.get(models, modelResourceIdOf(organization, resourceId))) !== undefined) return;
  report(path, `there is no model ${JSON.stringify(resourceId)} in ${JSON.stringify(organization)}`);
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

function credentialOf({ organization, owner, name = '', scopes }: SeedKey, secret: string): SeedCredential {
  return {
    name: name === '' ? owner : name,
    secret,
    header: { name: 'X-API-Key', value: secret },
    description: `org ${organization}, user ${owner}, scope ${scopes?.join(', ') ?? 'none'}`,
  };
}
