import type { Disturbance, Ending, History, Outcome, Sent, Subject } from './history.ts';
import type { Answer, Call } from './http.ts';

/** A replica, as far as it is used. */
export interface Asked {
  /** Counted from 1. */
  readonly no: number;
  send(call: Call): Promise<Answer>;
}

/** An answer, and what was made of it. */
export interface Answered {
  readonly outcome: Outcome;
  readonly body: string;
}

/** The replicas, and all that is done to them. */
export class Stage implements History {
  readonly replicas: readonly Asked[];
  readonly sent: Sent[] = [];
  readonly disturbances: Disturbance[] = [];
  readonly endings: Ending[];
  #isOver = false;

  constructor(replicas: readonly Asked[], endings: Ending[]) {
    this.replicas = replicas;
    this.endings = endings;
  }

  /** Whoever acts stops when it is over. */
  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
  }

  get anyReplica(): Asked {
    return oneOf(this.replicas);
  }

  /** Sends a request, and records it. `name` says what it is, without a secret. */
  async send(subject: Subject, replica: Asked, name: string, call: Call): Promise<Answered> {
    const begun = performance.now();
    const answer = await replica.send(call);
    const answered = performance.now();
    const outcome = answer.status === undefined ? answer.outcome : outcomeOf(subject, answer.status);
    const body = answer.status === undefined ? '' : answer.body;
    // A body is shown only if it is that of an error: others may hold a secret.
    const isError = answer.status !== undefined && answer.status >= 400;
    const shown = outcome === 'odd' && isError ? ` ${body.slice(0, 300).trim()}` : '';
    const told = answer.status === undefined ? answer.why : `${answer.status}${shown}`;
    this.sent.push({ subject, begun, answered, outcome, replica: replica.no, told: `${name}: ${told}` });
    return { outcome, body };
  }
}

/** The statuses that mean yes and no. */
const statuses: Readonly<Record<Subject['about'], { readonly done: number; readonly refused?: number }>> = {
  issue: { done: 200 },
  revocation: { done: 200, refused: 404 },
  ask: { done: 200, refused: 401 },
  move: { done: 200 },
  fault: { done: 200 },
  shot: { done: 299, refused: 404 },
};

function outcomeOf({ about }: Subject, status: number): Outcome {
  const { done, refused } = statuses[about];
  if (status === done) return 'done';
  if (status === refused) return 'refused';
  return status === 503 ? 'unavailable' : 'odd';
}

export function oneOf<One>(all: readonly One[]): One {
  const one = all[Math.floor(Math.random() * all.length)];
  if (one === undefined) throw new Error('there is none to choose from');
  return one;
}
