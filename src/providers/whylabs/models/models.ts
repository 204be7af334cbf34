import type { FastifyRequest } from 'fastify';
import { type Resource, resourceKind } from '../../../core/resource-store.ts';
import type { ModelMetadata } from '../accounts/organizations/account-schemas.ts';
import { checkOrganization } from '../accounts/organizations/organizations.ts';
import { refuseMissingResource } from '../wire/errors.ts';

export const timePeriods = ['P1M', 'P1W', 'P1D', 'PT1H'] as const;

const machineLearningTypes = ['CLASSIFICATION', 'REGRESSION', 'EMBEDDINGS', 'LLM', 'RANKING', 'MODEL_OTHER'] as const;
const dataTypes = ['DATA_SOURCE', 'DATA_STREAM', 'DATA_TRANSFORM', 'DATA_OTHER'] as const;
export const modelTypes = [...machineLearningTypes, ...dataTypes] as const;

/** A model, which keys of v1 may be restricted to; its resource's tenant is its organisation. */
export interface Model {
  readonly modelId: string;
  readonly name: string;
  readonly timePeriod: (typeof timePeriods)[number];
  readonly modelType: (typeof modelTypes)[number] | null;
  /** Deactivating is how models are deleted. */
  readonly active: boolean;
}

export const models = resourceKind<Model>('model');

export function modelResourceIdOf(orgId: string, modelId: string): string {
  return `ORG#${orgId}#MODEL#${modelId}`;
}

/** The active models of an organisation. Throws the 404 of an organisation that never was. */
export async function listModels(request: FastifyRequest, orgId: string): Promise<Resource<Model>[]> {
  await checkOrganization(request, orgId);
  return (await request.resources.list(models, orgId)).filter(({ data }) => data.active);
}

/** Refuses a model that is not there or not active. Throws the 404 of the organisation or the model. */
export async function checkModel(request: FastifyRequest, orgId: string, modelId: string): Promise<void> {
  await checkOrganization(request, orgId);
  const model = await request.resources.get(models, modelResourceIdOf(orgId, modelId));
  if (model === undefined || !model.data.active) refuseMissingResource(request, 'Model', modelId);
}

/** Stores a model under the next number of its organisation, as signing up does; gives its id. */
export async function addModel({ resources, now }: FastifyRequest, orgId: string, name: string): Promise<string> {
  const { data } = await resources.insert(models, (existing) => {
    const numbers = existing.filter(({ tenant }) => tenant === orgId).map((model) => numberOf(model.data.modelId));
    const modelId = `model-${Math.max(0, ...numbers) + 1}`;
    const data: Model = { modelId, name, timePeriod: 'P1D', modelType: null, active: true };
    return { id: modelResourceIdOf(orgId, modelId), tenant: orgId, name: null, createdAt: now, data };
  });
  return data.modelId;
}

export function toModelView({ tenant: orgId, createdAt, data }: Resource<Model>): ModelMetadata {
  const { modelId, name, timePeriod, modelType, active } = data;
  const isData = dataTypes.some((type) => type === modelType);
  return {
    id: modelId,
    orgId,
    name,
    creationTime: createdAt,
    timePeriod,
    ...(modelType !== null && { modelType }),
    modelCategory: isData ? 'DATA' : 'MODEL',
    active,
    tags: [],
  };
}

/** What follows the last hyphen of an id, 0 when that is no number. */
function numberOf(modelId: string): number {
  const text = modelId.slice(modelId.lastIndexOf('-') + 1);
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
