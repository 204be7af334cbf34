import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import type { SeedProblem } from '../provider/seed/error.ts';
import type { WorldError } from '../worlds/worlds.ts';

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
  world_limit_reached: 507,
  world_unusable: 500,
};

/** An error of a world as an error of the control plane. */
export function fromWorldError({ code, message }: WorldError): ControlError {
  return new ControlError(worldStatuses[code], code, message);
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
  return reply.code(error.status).send(bodyOf(error));
}

function fromFastify(thrown: FastifyError, request: FastifyRequest): ControlError {
  if (thrown.validation) {
    const details = thrown.validation.map(({ instancePath, message, params }) => ({
      path: instancePath,
      problem: `${message}${choicesOf(params)}`,
    }));
    const [{ params } = { params: {} }] = thrown.validation;
    return invalid(`${thrown.message}${choicesOf(params)}`, details);
  }
  if (thrown.statusCode !== undefined && thrown.statusCode < 500)
    return new ControlError(thrown.statusCode, 'request_malformed', thrown.message);
  if (request.world.isClosed) return new ControlError(404, 'world_not_found', 'The world was dropped during this request.');
  if (thrown instanceof EmulatorError && thrown.code === 'unavailable') return replaced();
  request.log.error({ err: thrown }, 'control plane failed');
  return new ControlError(500, 'internal', 'latchkey failed; its log says why.');
}

/** What the validator's message leaves out: the property that is not expected, and the values that are allowed. */
function choicesOf({ additionalProperty, allowedValues }: Readonly<Record<string, unknown>>): string {
  if (typeof additionalProperty === 'string') return `: ${JSON.stringify(additionalProperty)}`;
  return Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
}
