import { goOn, type MaybePromise } from '../../../core/at-once.ts';
import { type ResourceStore, resourceKind } from '../../../core/resource-store.ts';

/** The settings that an operator chose for the real server. Each world has its own, so that a seed can set them. */
export interface Deployment {
  /** Signs every token of the world. */
  readonly signingSecret: string;
  readonly tokensPerUser: number;
  /** How many failed log-ins lock an e-mail; null turns the lock off. */
  readonly loginFailures: number | null;
  readonly lockMs: number;
}

export const deployments = resourceKind<Deployment>('deployment');
export const deploymentId = 'deployment';

/** The settings of a world. Throws when the world has none, which no seed does. */
export function deploymentOf(resources: ResourceStore): MaybePromise<Deployment> {
  return goOn(resources.get(deployments, deploymentId), (found) => {
    if (found === undefined) throw new Error('the world has no deployment settings: its seed left them out');
    return found.data;
  });
}
