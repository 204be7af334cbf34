/** How well a behaviour of the real server is known, best first. */
export const evidenceGrades = ['recorded', 'server source', 'specification', 'client-proven', 'inferred', 'assumed'] as const;
export type Evidence = (typeof evidenceGrades)[number];

/** How something is known, and what holds it in place. */
export interface Pin {
  readonly evidence: Evidence;
  /** `<file> > <title>` of a test: the file as seen from the provider's folder of tests, the title as it is written there. */
  readonly test: string;
}

/** How something is known, and the test that pins it. */
export function pin(evidence: Evidence, test: string): Pin {
  return { evidence, test };
}

/** What is known of one operation. Null: there is no such thing to know. */
export interface OperationRow {
  /** Its successful answer. */
  readonly success: Pin;
  /** What it refuses for the request's own sake. */
  readonly errors: Pin | null;
  /** Whom it refuses. */
  readonly auth: Pin;
  /** What it does to the states of what it is about, or how it shows them. */
  readonly states: Pin | null;
}

/** One behaviour, in words. */
export interface BehaviourRow extends Pin {
  /** A heading to find it under: `Authentication`, `Create`, `Documentation against server`. */
  readonly topic: string;
  readonly behaviour: string;
  /** What we do otherwise on purpose, or assume where nothing is known. */
  readonly differs?: string;
}

/** The rows of one topic. */
export function about(topic: string, rows: readonly Omit<BehaviourRow, 'topic'>[]): readonly BehaviourRow[] {
  return rows.map((row) => ({ topic, ...row }));
}

/**
 * What is known of a provider, how, and which test pins it: the source of the tables in its FIDELITY.md, of SUPPORTED.md
 * and of `GET /_latchkey/providers`. The tests hold it against the routes and against themselves.
 */
export interface Ledger {
  /** By operation id. */
  readonly operations: Readonly<Record<string, OperationRow>>;
  readonly behaviours: readonly BehaviourRow[];
}
