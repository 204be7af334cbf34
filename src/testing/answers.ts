/** What became of a request, as a client tells it. */
export interface Told {
  /** Undefined where the client does not tell. */
  readonly status: number | undefined;
  /** Whether the client threw it. */
  readonly isThrown: boolean;
}

/**
 * Reads what an HTTP client or an SDK gave for an answer: the answer itself (that of `fetch`, superagent, axios), a status, or
 * an error; or a promise of any of them.
 */
export async function toldBy(received: unknown): Promise<Told> {
  try {
    return { status: statusOf(await received), isThrown: false };
  } catch (error) {
    return { status: statusOf(error), isThrown: true };
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
