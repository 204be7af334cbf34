import type { Decision, Truth } from '../http/decision.ts';
import { type About, sentenceOf } from './sentences.ts';

/** What is known of a decision; the truth is left out where the answer is the true one, and only what is stored differs. */
export interface Made extends Omit<About, 'status'> {
  readonly truth?: Truth;
}

/** Stands for the status of an answer that is not made yet. */
const unanswered = 0;

/** A decision of a mutant. */
export function decisionOf({ truth, ...about }: Made): Decision {
  const { mutant, provider, key } = about;
  return {
    mutant,
    provider,
    key: key === undefined ? null : { hint: key.hint, name: key.name },
    truth: truth ?? { status: unanswered, code: null },
    says: sentenceOf({ ...about, status: truth?.status }),
  };
}

/** A decision whose request is answered. */
export function withAnswer(decision: Decision, status: number): Decision {
  const { truth } = decision;
  return truth.status === unanswered ? { ...decision, truth: { ...truth, status } } : decision;
}
