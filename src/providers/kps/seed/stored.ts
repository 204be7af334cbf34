import { Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { type StoredFacts, StoredInstant, storedKind } from '../../../provider/stored.ts';
import { deploymentId, deployments } from '../accounts/deployment.ts';
import { loginFailures } from '../accounts/sessions/login-lock.ts';
import { users } from '../accounts/users/users.ts';

const Deployment = Type.Object({
  signingSecret: Type.String(),
  tokensPerUser: Type.Integer(),
  loginFailures: Nullable(Type.Integer()),
  lockMs: Type.Number(),
});

const User = Type.Object({
  email: Type.String(),
  name: Type.String(),
  role: Words(['INFRA_ADMIN', 'USER', 'OPERATOR', 'OPERATOR_TENANT']),
  passwordHash: Type.String(),
  updatedAt: StoredInstant,
});

const Failures = Type.Object({ count: Type.Integer(), failedAt: StoredInstant });

/** What a world stores of KPS. */
export const stored: StoredFacts = {
  resources: [storedKind(deployments, Deployment, deploymentId), storedKind(users, User), storedKind(loginFailures, Failures)],
  attributes: Type.Object({ email: Type.Optional(Type.String()), type: Type.Optional(Type.String()) }),
};
