import { type Static, type TSchema, Type } from 'typebox';
import { NoBody } from '../../../provider/schemas.ts';

const Time = (description: string) => Type.String({ description: `${description}: UTC, local date-time without a zone` });

const keyFields = {
  keyId: Type.String({ description: 'The first ten characters of the key' }),
  orgId: Type.String(),
  userId: Type.String(),
  creationTime: Time('Creation time'),
  expirationTime: Type.Optional(Time('Only if the key expires')),
  lastUsedTime: Type.Optional(Time('Only if it was used, and never in lists of a user or answers to a revocation')),
  scopes: Type.Optional(Type.Array(Type.String(), { uniqueItems: true, description: 'Only if given at creation' })),
  resourceId: Type.Optional(Type.String({ description: 'The model that the key is for: only of keys made by v1' })),
  alias: Type.String({ description: 'Empty if none was given' }),
  revoked: Type.Boolean(),
};

export const UserApiKey = Type.Object(keyFields, { title: 'UserApiKey' });
export type UserApiKey = Static<typeof UserApiKey>;

export const CreatedApiKey = Type.Object(
  { key: Type.String({ description: 'The key itself, `id.secret:org`: shown this once' }), ...keyFields },
  { title: 'CreatedUserApiKey' },
);

export const UserApiKeyResponse = Type.Object(
  { key: Type.Optional(UserApiKey) },
  { title: 'UserApiKeyResponse', description: 'Empty when there is no such key' },
);

export const ListUserApiKeys = Type.Object(
  { items: Type.Array(UserApiKey, { uniqueItems: true }) },
  { title: 'ListUserApiKeys' },
);

export const ApiKeyMetadata = Type.Object(
  {
    keyId: keyFields.keyId,
    orgId: keyFields.orgId,
    expirationTime: keyFields.expirationTime,
    scopes: keyFields.scopes,
    alias: keyFields.alias,
  },
  { title: 'ApiKeyMetadata' },
);
export type ApiKeyMetadata = Static<typeof ApiKeyMetadata>;

export const DescribeApiKeys = Type.Object({ items: Type.Array(ApiKeyMetadata) }, { title: 'DescribeApiKeys' });

export const HandledError = Type.Object(
  {
    message: Type.String(),
    requestId: Type.String(),
    type: Type.String(),
    parameter: Type.Optional(Type.String({ description: 'Only of `ArgumentValue`' })),
  },
  { title: 'HandledError' },
);

export const FrameworkError = Type.Object(
  {
    message: Type.String(),
    _links: Type.Object({ self: Type.Object({ href: Type.String(), templated: Type.Boolean() }) }),
    _embedded: Type.Object({
      errors: Type.Array(Type.Object({ message: Type.String(), path: Type.Optional(Type.String()) })),
    }),
  },
  { title: 'FrameworkError' },
);

/** What a request may be refused with for its own sake: by a handler, or by the framework before it. */
export const BadRequest = Type.Union([HandledError, FrameworkError]);

/** What every route may answer. */
export const Refusals = {
  401: NoBody('No key was presented'),
  403: NoBody('The key is not accepted, or not for this'),
  404: NoBody('No route matches, by its path, method, content type or Accept'),
  429: Type.String({ description: 'Plain text, though labelled as JSON' }),
  500: BadRequest,
};

/** The answers of a route that also refuses requests for their own sake. */
export function answers<T extends TSchema>(success: T) {
  return { 200: success, ...Refusals, 400: BadRequest, 404: HandledError };
}

export const OrgPath = Type.Object({ org_id: Type.String({ examples: ['org-123'] }) });
export const KeyPath = Type.Object({ ...OrgPath.properties, key_id: Type.String({ examples: ['fh4dUNV3WQ'] }) });

const userId = Type.String({ description: 'Any text that is not blank: the user is not looked up', examples: ['user-123'] });

export const CreateQuery = Type.Object({
  user_id: userId,
  expiration_time: Type.Optional(Type.Integer({ format: 'int64', description: 'Epoch milliseconds, at least 60 seconds ahead' })),
  scopes: Type.Optional(Type.Array(Type.String({ examples: [':user'] }), { description: 'No scopes when left out' })),
  alias: Type.Optional(Type.String({ examples: ['MLApplicationName'] })),
});

export const GenerateQuery = Type.Object({
  expiration_time: CreateQuery.properties.expiration_time,
  scopes: CreateQuery.properties.scopes,
  resource_id: Type.Optional(Type.String({ description: 'A model that the key is for', examples: ['model-123'] })),
  alias: CreateQuery.properties.alias,
});

export const ListQuery = Type.Object({ user_id: Type.Optional(userId) });

export const RevokeQuery = Type.Object({ user_id: userId, key_id: Type.String({ examples: ['HMiFAgQeNb'] }) });
export const DeleteQuery = Type.Object({ key_id: RevokeQuery.properties.key_id });

/** The organisation that a v1 request is for. */
export const AccountHeaders = Type.Object({
  'x-whylabs-organization': Type.Optional(
    Type.String({ description: "Left out: the key's own. May be a child of it, and any at all for WhyLabs, which must say one" }),
  ),
});
