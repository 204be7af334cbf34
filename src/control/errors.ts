import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import { StorageError } from '../core/world-store.ts';
import { problemsIn, type ValidatorError } from '../formats/validation.ts';
import { JournalIncompleteError } from '../journal/shared-journal.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import { WorldGoneError } from '../worlds/sharing.ts';
import type { WorldError } from '../worlds/world-error.ts';

/** An error of the control plane: its own shape, never a provider's. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly code: string;
  readonly details: unknown;

  constructor(status: number, code: string, message: string, details: unknown = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** A request that the control plane cannot use: 400. */
export function invalid(message: string, details: unknown = null): ControlError {
  return new ControlError(400, 'request_invalid', message, details);
}

/** The same for a description in the form of a seed, with every problem and its path in the body. */
export function invalidAt(problems: readonly SeedProblem[]): ControlError {
  const details = problems.map(({ path, problem }) => ({ path: `/${path.join('/')}`, problem }));
  return invalid(details.map(({ path, problem }) => `${path} ${problem}`).join('; '), details);
}

/** Statuses of the errors of worlds. 503 and 429 are avoided, because some clients retry those requests forever. */
const worldStatuses: Readonly<Record<WorldError['code'], number>> = {
  world_name_invalid: 400,
  world_is_default: 400,
  world_not_found: 404,
  world_exists: 409,
  world_in_use: 409,
  world_limit_reached: 507,
  world_unusable: 500,
  // Nobody can retry for long: latchkey is about to be gone.
  world_closed: 503,
};

/** An error of a world as an error of the control plane. What is wrong with its files is for the log, not for every caller. */
export function fromWorldError(error: WorldError): ControlError {
  const { code, message } = error;
  const words = code === 'world_unusable' ? "The files of this world cannot be used; latchkey's log says why." : message;
  const known = new ControlError(worldStatuses[code], code, words);
  known.cause = error;
  return known;
}

/** Where worlds are stored cannot say now what they hold: what a call would answer might be out of date. */
export function unavailable(error: StorageError): ControlError {
  const told = new ControlError(503, 'unavailable', error.message);
  told.cause = error;
  return told;
}

/** The world was reset or restored during a call. */
export function replaced(): ControlError {
  return new ControlError(409, 'world_replaced', 'The world was reset or restored during this request, so nothing was done.');
}

/** The body that answers an error: `{"error":{"code","message","details"}}`. */
export function bodyOf({ code, message, details }: ControlError) {
  return { error: { code, message, details } };
}

/** Answers with whatever was thrown. */
export function answerControlError(
  thrown: FastifyError | ControlError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = thrown instanceof ControlError ? thrown : fromFastify(thrown, request);
  if (error.code === 'world_unusable') request.log.error({ err: error.cause }, 'the files of a world cannot be used');
  return reply.code(error.status).send(bodyOf(error));
}

function fromFastify(thrown: FastifyError, request: FastifyRequest): ControlError {
  if (thrown.validation) return invalidByShape(thrown.validation, thrown.validationContext === 'querystring');
  if (thrown.statusCode !== undefined && thrown.statusCode < 500)
    return new ControlError(thrown.statusCode, 'request_malformed', unreadable[thrown.code] ?? 'The request cannot be read.');
  if (request.world.isClosed || thrown instanceof WorldGoneError)
    return new ControlError(404, 'world_not_found', 'The world was dropped during this request.');
  if (thrown instanceof StorageError) {
    if (!thrown.isLoss) request.log.error({ err: thrown }, thrown.message);
    return new ControlError(503, 'storage_failed', thrown.message);
  }
  if (thrown instanceof JournalIncompleteError) return new ControlError(503, 'journal_incomplete', thrown.message);
  if (thrown instanceof EmulatorError && thrown.code === 'unavailable') return replaced();
  request.log.error({ err: thrown }, 'control plane failed');
  return new ControlError(500, 'internal', 'latchkey failed; its log says why.');
}

/** The framework's refusals of a request, in our words. */
const unreadable: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large: the control plane reads 1 MiB, and 1 GiB of a snapshot.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says.',
  FST_ERR_BAD_URL: 'The path has an escape (%…) that is not one.',
};

/** How many problems an answer lists. */
export const mostDetails = 20;

/** A body or a query that does not fit the schema of its call, with each problem and its path. */
function invalidByShape(errors: readonly ValidatorError[], isQuery: boolean): ControlError {
  const details = problemsIn(errors, isQuery ? 'parameter' : 'field')
    .slice(0, mostDetails)
    .map(({ path, ...rest }) => ({ path: path.map((part) => `/${part}`).join(''), ...rest }));
  return invalid(details.map(({ path, problem }) => `${path || 'the body'} ${problem}`).join('; '), details);
}
