import { type TSchema, Type } from 'typebox';
import { NoBody } from '../../../provider/schemas.ts';

export const HandledError = Type.Object(
  {
    message: Type.String(),
    requestId: Type.String(),
    type: Type.String(),
    parameter: Type.Optional(Type.String({ description: 'Only of `ArgumentValue`' })),
  },
  { title: 'HandledError' },
);

const FrameworkError = Type.Object(
  {
    message: Type.String(),
    _links: Type.Object({ self: Type.Object({ href: Type.String(), templated: Type.Boolean() }) }),
    _embedded: Type.Object({
      errors: Type.Array(Type.Object({ message: Type.String(), path: Type.Optional(Type.String()) })),
    }),
  },
  { title: 'FrameworkError' },
);

/** A request is refused for its own content by a handler, or by the framework before a handler is called. */
export const BadRequest = Type.Union([HandledError, FrameworkError]);

/** The answers that every route may give. */
export const Refusals = {
  401: NoBody('No key was presented'),
  403: NoBody('The key is not accepted, or may not do this'),
  404: NoBody('No route matches the path, method, content type and Accept'),
  429: Type.String({ description: 'Plain text, although labelled as JSON' }),
  500: BadRequest,
};

/** The answers of a route that also refuses a request for its own content, or for an unknown id in it. */
export function answers<T extends TSchema>(success: T) {
  return { 200: success, ...Refusals, 400: BadRequest, 404: HandledError };
}

/** The answer of operations that have nothing to show. */
export const Acknowledgement = Type.Object({ requestId: Type.String() }, { title: 'Response' });
