import type { BehaviourRow, Evidence } from '../../../provider/ledger.ts';

/** A behaviour, how it is known, the test that pins it, and what differs on purpose or is assumed. */
export type Row = readonly [behaviour: string, evidence: Evidence, test: string, differs?: string];

/** The rows of one topic. */
export function about(topic: string, rows: readonly Row[]): readonly BehaviourRow[] {
  return rows.map(([behaviour, evidence, test, differs]) => ({
    topic,
    behaviour,
    evidence,
    test,
    ...(differs !== undefined && { differs }),
  }));
}
