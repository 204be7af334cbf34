import { Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { subscriptionTiers } from '../../wire/java-enum.ts';
import { Email } from '../users/schemas.ts';

export const ProvisionNewUserRequest = Type.Object(
  {
    email: Email,
    orgName: Type.String(),
    modelName: Type.String(),
    subscriptionTier: Words(subscriptionTiers.words),
    expectExisting: Type.Optional(Type.Boolean({ default: false })),
  },
  { title: 'ProvisionNewUserRequest' },
);

export const ProvisionNewUserResponse = Type.Object(
  { userId: Type.String(), orgId: Type.String(), modelId: Type.String() },
  { title: 'ProvisionNewUserResponse' },
);
