import { types } from 'node:util';

/** What a client says about a request. */
export interface Told {
  /** Undefined if the client does not say. */
  readonly status: number | undefined;
  /** Whether there was a request: the client gave a promise or an error. */
  readonly isAnswer: boolean;
}

/**
 * Reads what an HTTP client or an SDK returned or threw: an answer (of `fetch`, superagent or axios), a status, an error, or a
 * promise of one of them.
 */
export async function toldBy(received: unknown): Promise<Told> {
  // `instanceof` fails for objects of another realm, and Jest runs tests in a realm of its own.
  const isAnswer = types.isPromise(received) || types.isNativeError(received);
  try {
    return { status: statusOf(await received), isAnswer };
  } catch (error) {
    return { status: statusOf(error), isAnswer };
  }
}

function statusOf(received: unknown): number | undefined {
  if (typeof received === 'number') return received;
  if (typeof received !== 'object' || received === null) return undefined;
  for (const name of ['status', 'statusCode']) {
    const value: unknown = Reflect.get(received, name);
    if (typeof value === 'number') return value;
  }
  // The errors of axios and superagent hold the answer.
  return 'response' in received ? statusOf(received.response) : undefined;
}
