import { type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';

/** What whoever ran the real server chose for it. One in each world, so that a seed may choose otherwise. */
export interface Deployment {
  /** Signs every token of the world. */
  readonly signingSecret: string;
  readonly tokensPerUser: number;
  /** Null turns the log-in lock off. */
  readonly loginFailures: number | null;
  readonly lockMs: number;
}

export const deployments = resourceKind<Deployment>('deployment');
export const deploymentId = 'deployment';

/** The settings of the request's world. */
export async function deploymentOf(resources: ResourceStore): Promise<Deployment> {
  const found = await resources.get(deployments, deploymentId);
  if (found === undefined) throw new Error('the world has no deployment: its seed left it out');
  return found.data;
}
