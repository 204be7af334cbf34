import { type Static, Type } from 'typebox';
import { Words } from '../../../provider/schemas.ts';
import { modelTypes, timePeriods } from './models.ts';

const ModelMetadata = Type.Object(
  {
    id: Type.String({ examples: ['model-1'] }),
    orgId: Type.String(),
    name: Type.String(),
    creationTime: Type.Integer({ format: 'int64', description: 'Epoch milliseconds' }),
    timePeriod: Words(timePeriods),
    modelType: Type.Optional(Words(modelTypes)),
    modelCategory: Words(['MODEL', 'DATA']),
    active: Type.Boolean(),
    tags: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  { title: 'ModelMetadata' },
);
export type ModelMetadata = Static<typeof ModelMetadata>;

export const ListModelsResponse = Type.Object({ items: Type.Array(ModelMetadata) }, { title: 'ListModelsResponse' });
