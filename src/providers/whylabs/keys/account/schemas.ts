import { Type } from 'typebox';
import { CreateQuery, keyFields, RevokeQuery } from '../schemas.ts';

const ApiKeyMetadata = Type.Object(
  {
    keyId: keyFields.keyId,
    orgId: keyFields.orgId,
    expirationTime: keyFields.expirationTime,
    scopes: keyFields.scopes,
    alias: keyFields.alias,
  },
  { title: 'ApiKeyMetadata' },
);

export const DescribeApiKeys = Type.Object({ items: Type.Array(ApiKeyMetadata) }, { title: 'DescribeApiKeys' });

export const GenerateQuery = Type.Object({
  expiration_time: CreateQuery.properties.expiration_time,
  scopes: CreateQuery.properties.scopes,
  resource_id: Type.Optional(Type.String({ description: 'The model that the key is for', examples: ['model-123'] })),
  alias: CreateQuery.properties.alias,
});

export const DeleteQuery = Type.Object({ key_id: RevokeQuery.properties.key_id });

export const AccountHeaders = Type.Object({
  'x-whylabs-organization': Type.Optional(
    Type.String({
      description:
        "The organisation that the request is for: the key's own, which is the default, or a child of it. Super administrators " +
        'may name any organisation, and must name one',
    }),
  ),
});
