import type { FastifyRequest } from 'fastify';
import { type Resource, resourceKind } from '../../../core/resource-store.ts';
import { knownOrganization } from '../accounts/organizations/organizations.ts';
import { refuseMissingResource } from '../wire/errors.ts';

export const timePeriods = ['P1M', 'P1W', 'P1D', 'PT1H'] as const;

const machineLearningTypes = ['CLASSIFICATION', 'REGRESSION', 'EMBEDDINGS', 'LLM', 'RANKING', 'MODEL_OTHER'] as const;
export const dataTypes = ['DATA_SOURCE', 'DATA_STREAM', 'DATA_TRANSFORM', 'DATA_OTHER'] as const;
export const modelTypes = [...machineLearningTypes, ...dataTypes] as const;

/** A model, to which keys of v1 may be restricted; the tenant of its resource is its organisation. */
export interface Model {
  readonly modelId: string;
  readonly name: string;
  readonly timePeriod: (typeof timePeriods)[number];
  readonly modelType: (typeof modelTypes)[number] | null;
  /** False once the model was deleted. */
  readonly active: boolean;
}

export const models = resourceKind<Model>('model');

export function modelResourceIdOf(orgId: string, modelId: string): string {
  return `ORG#${orgId}#MODEL#${modelId}`;
}

/** The active models of an organisation, deleted or not. Throws the 404 of an organisation that never existed. */
export async function listModels(request: FastifyRequest, orgId: string): Promise<Resource<Model>[]> {
  await knownOrganization(request, orgId);
  return (await request.resources.list(models, orgId)).filter(({ data }) => data.active);
}

/** Throws the 404 of a model that is unknown or not active. */
export async function checkModel(request: FastifyRequest, orgId: string, modelId: string): Promise<void> {
  const model = await request.resources.get(models, modelResourceIdOf(orgId, modelId));
  if (model === undefined || !model.data.active) refuseMissingResource(request, 'Model', modelId);
}

/** Stores a model under the next free number of its organisation, and returns its id. */
export async function addModel({ resources, now }: FastifyRequest, orgId: string, name: string): Promise<string> {
  const { data } = await resources.insert(models, (existing) => {
    const numbers = existing.filter(({ tenant }) => tenant === orgId).map((model) => numberOf(model.data.modelId));
    const modelId = `model-${Math.max(0, ...numbers) + 1}`;
    const data: Model = { modelId, name, timePeriod: 'P1D', modelType: null, active: true };
    return { id: modelResourceIdOf(orgId, modelId), tenant: orgId, name: null, createdAt: now, data };
  });
  return data.modelId;
}

/** The number after the last hyphen of an id, or 0 if no number stands there. */
function numberOf(modelId: string): number {
  const text = modelId.slice(modelId.lastIndexOf('-') + 1);
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
