import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import type { Truth } from '../http/decision.ts';
import { toEmulatorError, toReply } from '../http/errors.ts';
import { Trace } from '../http/trace.ts';
import { type Provider, WireError } from '../provider/provider.ts';
import type { Admission } from './admissions.ts';

/** A request whose credential was refused. */
export interface RefusedRequest {
  readonly request: FastifyRequest;
  readonly provider: Provider;
  readonly requires: string | undefined;
  /** Of the answer. */
  readonly status: number;
}

/** What would become of a request, and the error that would refuse it. */
export interface Trial {
  readonly truth: Truth;
  readonly error: unknown;
}

/** The mutants that let a key in which came in the right way: the others do not ask how. */
const ofOwnKey: ReadonlySet<string> = new Set(['accept-expired', 'accept-revoked', 'accept-suspended', 'expire-late']);

/**
 * Whether an admission would change the answer. It would not where what follows refuses the request with the same status: because
 * the owner of the key is gone, because it came in the wrong way, because it lacks a right. Such a request keeps its true answer:
 * else a mutant would survive tests that nothing can make red.
 */
export async function wouldEnter({ mutant, as }: Admission, refused: RefusedRequest): Promise<boolean> {
  return (await trialOf(as, refused, ofOwnKey.has(mutant))).truth.status !== refused.status;
}

/** What becomes of a request that goes on with a key; 200 stands for whatever its operation answers. */
export async function trialOf(
  key: ApiKey,
  refused: Pick<RefusedRequest, 'request' | 'provider' | 'requires'>,
  checksPresentation: boolean,
): Promise<Trial> {
  const { provider, requires } = refused;
  const request = viewOf(refused.request, key);
  try {
    if (checksPresentation) provider.checkPresentation?.(request);
    await provider.authorise?.(request, requires);
    return { truth: { status: 200, code: null }, error: undefined };
  } catch (error) {
    const { status } = toReply(provider.errors, error, request);
    return { truth: { status, code: error instanceof WireError ? null : toEmulatorError(error).code }, error };
  }
}

/** A view of a request that goes on with a key. What is set on it does not reach the request itself. */
function viewOf(request: FastifyRequest, key: ApiKey): FastifyRequest {
  const view: FastifyRequest = Object.create(request);
  view.apiKey = key;
  view.trace = new Trace();
  view.trace.key = key;
  view.trace.isTrial = true;
  return view;
}
