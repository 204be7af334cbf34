import { types } from 'node:util';

/** What became of a request, as a client tells it. */
export interface Told {
  /** Undefined where the client does not tell. */
  readonly status: number | undefined;
  /** Whether something was asked at all: a promise was given, kept or not. */
  readonly isAnswer: boolean;
}

/**
 * Reads what an HTTP client or an SDK gave for an answer: the answer itself (that of `fetch`, superagent, axios), a status, or
 * an error; or a promise of any of them.
 */
export async function toldBy(received: unknown): Promise<Told> {
  // `instanceof` does not know those of jest's other realms.
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
  // As axios and superagent put it into their errors.
  return 'response' in received ? statusOf(received.response) : undefined;
}
