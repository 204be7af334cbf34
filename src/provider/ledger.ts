/** How well a behaviour of the real server is known, best first. */
export const evidenceGrades = ['recorded', 'server source', 'specification', 'client-proven', 'inferred', 'assumed'] as const;
export type Evidence = (typeof evidenceGrades)[number];

/** How a behaviour of the real server is known, and the test that pins ours. */
export interface Pin {
  readonly evidence: Evidence;
  /** `<file> > <title>` of a test: the file as seen from the provider's folder of tests, the title as it is written there. */
  readonly test: string;
}

/** Makes a pin. */
export function pin(evidence: Evidence, test: string): Pin {
  return { evidence, test };
}

/** What is known of one operation. A part is null if the operation has nothing of that kind: a log-in changes no states. */
export interface OperationRow {
  /** Its successful answer. */
  readonly success: Pin;
  /** Which requests it refuses, whoever sends them. */
  readonly errors: Pin | null;
  /** Which keys it refuses. */
  readonly auth: Pin;
  /** How it changes or shows states. */
  readonly states: Pin | null;
}

/** One behaviour, in words. */
export interface BehaviourRow extends Pin {
  /** A heading to find it under: `Authentication`, `Create`, `Documentation against server`. */
  readonly topic: string;
  readonly behaviour: string;
  /** What the emulator does differently on purpose, or assumes where nothing is known. */
  readonly differs?: string;
}

/** Makes the rows of one topic. */
export function about(topic: string, rows: readonly Omit<BehaviourRow, 'topic'>[]): readonly BehaviourRow[] {
  return rows.map((row) => ({ topic, ...row }));
}

/**
 * What is known of a provider, how, and which test pins it: the source of the tables in its FIDELITY.md, of SUPPORTED.md
 * and of `GET /_latchkey/providers`. A test checks that every operation has its row and that every pinned test exists.
 */
export interface Ledger {
  /** By operation id. */
  readonly operations: Readonly<Record<string, OperationRow>>;
  readonly behaviours: readonly BehaviourRow[];
}
