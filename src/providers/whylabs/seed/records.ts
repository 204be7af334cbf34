import type { AnyResource } from '../../../core/resource-store.ts';
import { type SeedContext, type SeedPath, seedResource } from '../../../provider/seed/format.ts';
import { firstBy, reportRepeats } from '../../../provider/seed/keys.ts';
import { membershipIdOf, memberships } from '../accounts/memberships/memberships.ts';
import { blankOrganization, organizations } from '../accounts/organizations/organizations.ts';
import { userIdOf, users } from '../accounts/users/users.ts';
import { modelResourceIdOf, models } from '../models/models.ts';
import type { SeedMembership, SeedModel, SeedOrganization, SeedSection, SeedUser } from './schemas.ts';

/** Makes the organisations of a section. Reports repeated ids and unknown parents. */
export async function readOrganizations(section: SeedSection, context: SeedContext): Promise<AnyResource[]> {
  const { organizations: orgs = [] } = section;
  reportRepeats(orgs, 'id', ['organizations'], context);
  const reportUnknown = unknownOrganizations(section, context);
  for (const [index, { id, parentOrgId }] of orgs.entries()) {
    if (parentOrgId === undefined) continue;
    const path = ['organizations', index, 'parentOrgId'];
    if (parentOrgId === id) context.report(path, `must be another organisation, not ${JSON.stringify(id)} itself`);
    else await reportUnknown(parentOrgId, path);
  }
  return orgs.map((org) => organizationResource(org, context));
}

function organizationResource({ id, name = id, ...asked }: SeedOrganization, { now }: SeedContext): AnyResource {
  const data = { ...blankOrganization(name, now), ...asked };
  return seedResource(organizations, { id, tenant: id, name: null, createdAt: now, data });
}

/** Makes the users of a section. Reports repeated addresses and ids. */
export function readUsers({ users: list = [] }: SeedSection, context: SeedContext): AnyResource[] {
  const withIds = list.map((user) => ({ ...user, id: seededIdOf(user) }));
  reportRepeats(withIds, 'email', ['users'], context);
  reportRepeats(withIds, 'id', ['users'], context);
  return withIds.map(({ id, email, preferences = null }) =>
    seedResource(users, { id, tenant: id, name: null, createdAt: context.now, data: { email, preferences } }),
  );
}

/** Makes the memberships of a section. Reports repeated memberships, unknown organisations and unknown users. */
export async function readMemberships(section: SeedSection, context: SeedContext): Promise<AnyResource[]> {
  const read: AnyResource[] = [];
  const taken = new Set<string>();
  const people = memberFinder(section);
  const reportUnknown = unknownOrganizations(section, context);
  for (const [index, membership] of (section.memberships ?? []).entries()) {
    const { organization, user, role = 'MEMBER', default: isDefault = false } = membership;
    const path = ['memberships', index];
    await reportUnknown(organization, [...path, 'organization']);
    const userId = await idOfMember(membership, people, context);
    if (userId === undefined) {
      context.report([...path, 'user'], `there is no user ${JSON.stringify(user)}`);
      continue;
    }
    const id = membershipIdOf(organization, userId);
    if (taken.has(id)) context.report(path, 'repeats an earlier membership');
    taken.add(id);
    const data = { userId, role, default: isDefault };
    read.push(seedResource(memberships, { id, tenant: organization, name: null, createdAt: context.now, data }));
  }
  return read;
}

/** Finds the users of a section by address or id. */
function memberFinder({ users: list = [] }: SeedSection): (user: string) => SeedUser | undefined {
  const byEmail = firstBy(list, ({ email }) => email);
  const byId = firstBy(list, seededIdOf);
  return (user) => byEmail.get(user) ?? byId.get(user);
}

async function idOfMember(
  { user }: SeedMembership,
  find: (user: string) => SeedUser | undefined,
  { existing }: SeedContext,
): Promise<string | undefined> {
  const named = find(user);
  if (named !== undefined) return seededIdOf(named);
  const known = (await existing.get(users, user)) ?? (await existing.get(users, userIdOf(user)));
  return known?.id;
}

/** Makes the models of a section. Reports repeated ids and unknown organisations. */
export async function readModels(section: SeedSection, context: SeedContext): Promise<AnyResource[]> {
  const read: AnyResource[] = [];
  const taken = new Set<string>();
  const reportUnknown = unknownOrganizations(section, context);
  for (const [index, model] of (section.models ?? []).entries()) {
    await reportUnknown(model.organization, ['models', index, 'organization']);
    const made = modelResource(model, context);
    if (taken.has(made.resource.id)) {
      context.report(['models', index, 'id'], 'repeats an earlier model of the organisation');
    }
    taken.add(made.resource.id);
    read.push(made);
  }
  return read;
}

function modelResource(model: SeedModel, { now }: SeedContext): AnyResource {
  const { organization, id: modelId, name = modelId, timePeriod = 'P1D', modelType = null, active = true } = model;
  const id = modelResourceIdOf(organization, modelId);
  const data = { modelId, name, timePeriod, modelType, active };
  return seedResource(models, { id, tenant: organization, name: null, createdAt: now, data });
}

type ReportUnknown = (id: string, path: SeedPath) => Promise<void>;

/** Makes what reports an organisation that is neither in the section nor in the world. */
export function unknownOrganizations(
  { organizations: orgs = [] }: SeedSection,
  { existing, report }: SeedContext,
): ReportUnknown {
  const ids = new Set(orgs.map(({ id }) => id));
  return async (id, path) => {
    if (ids.has(id) || (await existing.get(organizations, id)) !== undefined) return;
    report(path, `there is no organisation ${JSON.stringify(id)}`);
  };
}

function seededIdOf({ id, email }: SeedUser): string {
  return id ?? userIdOf(email);
}
