import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
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

/** What a caller of the control plane did wrong. */
export function invalid(message: string, details: unknown = null): ControlError {
  return new ControlError(400, 'request_invalid', message, details);
}

/** The same for a description of what a seed holds: every problem, each with its path in the body. */
export function invalidAt(problems: readonly SeedProblem[]): ControlError {
  const details = problems.map(({ path, problem }) => ({ path: `/${path.join('/')}`, problem }));
  return invalid(details.map(({ path, problem }) => `${path} ${problem}`).join('; '), details);
}

/** Statuses of what is wrong with a world. Not 503 and not 429: some clients repeat those for ever. */
const worldStatuses: Readonly<Record<WorldError['code'], number>> = {
  world_name_invalid: 400,
  world_is_default: 400,
  world_not_found: 404,
  world_exists: 409,
  world_limit_reached: 507,
  world_unusable: 500,
};

/** What is wrong with a world, in the control plane's own words. */
export function fromWorldError({ code, message }: WorldError): ControlError {
  return new ControlError(worldStatuses[code], code, message);
}

/** What answers an error: `{"error":{"code","message","details"}}`. */
export function bodyOf({ code, message, details }: ControlError) {
  return { error: { code, message, details } };
}

/** Renders whatever was thrown. */
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
  if (request.world.isClosed) return new ControlError(404, 'world_not_found', 'The world was dropped meanwhile.');
  request.log.error({ err: thrown }, 'control plane failed');
  return new ControlError(500, 'internal', 'Something went wrong inside latchkey; its log says what.');
}

/** What a schema's own words leave out: which property is none, and which values there are. */
function choicesOf({ additionalProperty, allowedValues }: Readonly<Record<string, unknown>>): string {
  if (typeof additionalProperty === 'string') return `: ${JSON.stringify(additionalProperty)}`;
  return Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
}
