import { Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { type StoredFacts, StoredInstant, storedKind } from '../../../provider/stored.ts';
import { memberships } from '../accounts/memberships/memberships.ts';
import { organizations } from '../accounts/organizations/organizations.ts';
import { users } from '../accounts/users/users.ts';
import { models, modelTypes, timePeriods } from '../models/models.ts';
import { roles, subscriptionTiers } from '../wire/java-enum.ts';

const Text = Nullable(Type.String());
const Flag = Nullable(Type.Boolean());

/** One of these words, or null. */
function OneOrNull<const W extends readonly string[]>(words: W) {
  return Type.Unsafe<W[number] | null>({ enum: [...words, null] });
}

const Organization = Type.Object({
  name: Type.String(),
  subscriptionTier: OneOrNull(subscriptionTiers.words),
  emailDomains: Type.String(),
  observatoryUrl: Type.String(),
  creationTime: StoredInstant,
  useCloudFront: Flag,
  parentOrgId: Text,
  allowManagedMembershipUpdatesOnly: Flag,
  deleted: Type.Boolean(),
});

const Membership = Type.Object({ userId: Type.String(), role: Words(roles.words), default: Type.Boolean() });

const Model = Type.Object({
  modelId: Type.String(),
  name: Type.String(),
  timePeriod: Words(timePeriods),
  modelType: OneOrNull(modelTypes),
  active: Type.Boolean(),
});

/** What a world stores of WhyLabs. */
export const stored: StoredFacts = {
  resources: [
    storedKind(organizations, Organization),
    storedKind(users, Type.Object({ email: Type.String(), preferences: Text })),
    storedKind(memberships, Membership),
    storedKind(models, Model),
  ],
  attributes: Type.Object({ resourceId: Type.Optional(Type.String()) }),
};
