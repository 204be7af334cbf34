import type { Resource } from '../../../core/resource-store.ts';
import { dataTypes, type Model } from './models.ts';
import type { ModelMetadata } from './schemas.ts';

/** A model as in lists. Absent values are omitted. */
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
