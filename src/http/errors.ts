import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError, type ErrorCode } from '../core/errors.ts';
import { StorageError } from '../core/world-store.ts';
import { type ErrorReply, type ErrorTable, type Provider, WireError } from '../provider/provider.ts';
import { requestErrors } from './framework-errors.ts';
import { describeInvalid, type ValidatorReport } from './invalid-values.ts';

const parts: ReadonlyMap<string, string> = new Map([
  ['body', 'request body'],
  ['querystring', 'query'],
  ['params', 'path'],
  ['headers', 'headers'],
]);

interface ValidationFailure {
  readonly validation: readonly ValidatorReport[];
  /** The part of the request that it is about. */
  readonly validationContext?: string;
}

/** Whatever was thrown, in the core's terms; anything unforeseen is `internal`, with its cause. */
export function toEmulatorError(thrown: unknown): EmulatorError {
  if (thrown instanceof EmulatorError) return thrown;
  if (isValidationFailure(thrown)) {
    const [first = {}] = thrown.validation;
    const whole = `The ${parts.get(thrown.validationContext ?? '') ?? 'request'}`;
    return new EmulatorError('request_invalid', { problem: describeInvalid(first, whole), path: first.instancePath ?? '' });
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return requestErrors.get(code) ?? new EmulatorError('internal', null, { cause: thrown });
}

/** Whatever was thrown, worded by a provider's table. */
export function toReply(errors: ErrorTable, thrown: unknown, request: FastifyRequest): ErrorReply {
  return reshaped(errors, thrown instanceof WireError ? thrown.reply : render(errors, toEmulatorError(thrown), request));
}

/** The statuses of errors that a provider can be made to answer with, in ascending order. */
export function statusesOf({ statuses }: ErrorTable): readonly number[] {
  return Object.keys(statuses).map(Number);
}

/** The provider's error with a status; undefined for a status that it does not send. */
export function replyOfStatus(errors: ErrorTable, status: number, request: FastifyRequest): ErrorReply | undefined {
  const wording = errors.statuses[status];
  const reply = typeof wording === 'string' ? render(errors, new EmulatorError(wording, null), request) : wording?.(request);
  return reply && reshaped(errors, reply);
}

function reshaped({ reshape }: ErrorTable, reply: ErrorReply): ErrorReply {
  return reshape?.(reply) ?? reply;
}

function render<C extends ErrorCode>({ codes }: ErrorTable, error: EmulatorError<C>, request: FastifyRequest): ErrorReply {
  return codes[error.code](error, request);
}

/**
 * Answers an error of a request to a provider, and logs it. If the request's world is gone, or its database did not take the
 * change, the error is `unavailable`.
 */
export function answerError(provider: Provider, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isClientGone(request)) {
    // The journal says so, and the answer reaches nobody.
    request.log.debug({ provider: provider.name }, 'the client went away while it sent its body');
    const cut = new EmulatorError('request_malformed', { problem: 'the body is cut off' });
    return sendError(reply, toReply(provider.errors, cut, request), provider.jsonMediaType);
  }
  const isUnforeseen = !(error instanceof WireError) && toEmulatorError(error).code === 'internal';
  const isUnavailable = error instanceof StorageError || (isUnforeseen && request.world.isClosed);
  if (error instanceof StorageError && !error.isLoss) request.log.error({ provider: provider.name, err: error }, error.message);
  const thrown = isUnavailable ? new EmulatorError('unavailable', null, { cause: error }) : error;
  if (!(thrown instanceof WireError)) noteError(provider.name, toEmulatorError(thrown), request);
  return sendError(reply, toReply(provider.errors, thrown, request), provider.jsonMediaType);
}

/**
 * Whether the client closed the connection before all of its body had come, or before an upstream had answered. A request without
 * a body counts as destroyed from the start, and as complete only later, but its stream has ended (`server/plain-http.ts`).
 */
export function isClientGone({ raw, trace }: FastifyRequest): boolean {
  return trace.isAbandoned || (raw.destroyed && !raw.complete && !raw.readableEnded);
}

function noteError(provider: string, error: EmulatorError, { trace, log }: FastifyRequest): void {
  trace.note(error);
  if (error.code !== 'internal') log.debug({ provider, code: error.code }, 'refused');
  else log.error({ provider, err: error.cause ?? error }, 'request failed');
}

/** Sends an error as its provider words it. */
export function sendError(reply: FastifyReply, error: ErrorReply, jsonMediaType: string): FastifyReply {
  reply.code(error.status).serializer(asIs);
  if (error.headers) reply.headers(error.headers);
  if (error.body === null) return reply.removeHeader('content-type').send();
  if (!reply.hasHeader('content-type')) reply.header('content-type', jsonMediaType);
  return reply.send(typeof error.body === 'string' ? error.body : JSON.stringify(error.body));
}

const asIs = (payload: unknown): string => String(payload);

function isValidationFailure(thrown: unknown): thrown is ValidationFailure {
  return thrown instanceof Error && 'validation' in thrown && Array.isArray(thrown.validation);
}
