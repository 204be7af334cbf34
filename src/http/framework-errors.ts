import { EmulatorError } from '../core/errors.ts';

/**
 * The errors that Fastify throws because of a request, by its codes and in the core's terms. Its other errors are faults of the
 * program, and `internal` to a client. A test knows every code that Fastify has.
 */
export const requestErrors: ReadonlyMap<string, EmulatorError> = new Map<string, EmulatorError>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', new EmulatorError('payload_too_large', null)],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', new EmulatorError('media_type_unsupported', null)],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', malformed('the body does not have the announced length')],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', malformed('the body is empty')],
  ['FST_ERR_CTP_INVALID_JSON_BODY', malformed('the body is not valid JSON')],
  ['FST_ERR_ROUTE_MISSING_CONTENT_TYPE', malformed('the content type is missing')],
  ['FST_ERR_ROUTE_MISSING_CONTENT', malformed('the body is missing')],
  ['FST_ERR_NOT_FOUND', new EmulatorError('route_not_found', null)],
  ['FST_ERR_BAD_URL', new EmulatorError('route_not_found', null)],
  ['FST_ERR_MAX_PARAM_LENGTH', new EmulatorError('route_not_found', null)],
  ['FST_ERR_ASYNC_CONSTRAINT', new EmulatorError('route_not_found', null)],
  ['FST_ERR_HANDLER_TIMEOUT', new EmulatorError('unavailable', null)],
]);

function malformed(problem: string): EmulatorError {
  return new EmulatorError('request_malformed', { problem });
}
