import type { MutantEvidence, Reachable } from '../../src/client/mutant.ts';
import type { Attempt, Ending, Job } from '../../src/prove/attempt.ts';
import type { Proof } from '../../src/prove/prove.ts';
import type { TestResult } from '../../src/prove/results.ts';
import type { MutantName } from '../../src/provider/mutants.ts';

/** What a run of the command comes to; what is left out is as in a green run that meets everything. */
export interface Run {
  readonly ends?: Ending['kind'];
  readonly status?: number;
  readonly acted?: number;
  readonly requests?: number;
  readonly evidence?: readonly Partial<MutantEvidence>[];
  readonly tests?: readonly TestResult[];
}

/** A command that was never run: `behave` says how each run would end. */
export class FakeCommand {
  readonly jobs: Job[] = [];
  readonly #reachable: readonly Reachable[];
  readonly #behave: (job: Job, times: number) => Run;

  /** `times`: how often this very job was run before. */
  constructor(reachable: readonly MutantName[], behave: (job: Job, times: number) => Run) {
    this.#reachable = reachable.map((mutant) => ({ mutant, provider: 'rockset', times: 2 }));
    this.#behave = behave;
  }

  run(job: Job): Attempt {
    const times = this.jobs.filter((one) => one.mutant === job.mutant && one.variable === job.variable).length;
    this.jobs.push(job);
    const { ends = 'green', status = 1, acted = 0, requests = 7, evidence = [], tests = null } = this.#behave(job, times);
    const [mutant = ''] = job.mutant.split('@');
    return {
      command: ['npm', 'test'],
      ending: endingOf(ends, status),
      ms: 1000,
      seen: { requests, providers: requests === 0 ? [] : ['rockset'] },
      mutant: { mutant, provider: 'rockset', acted, evidence: evidence.map(evidenceOf), reachable: this.#reachable },
      tests,
      output: ['the last line'],
    };
  }
}

function endingOf(kind: Ending['kind'], status: number): Ending {
  if (kind === 'red') return { kind, status };
  return kind === 'broken' ? { kind, says: 'the command ended with status 127: something does not exist' } : { kind };
}

export function evidenceOf(given: Partial<MutantEvidence> = {}): MutantEvidence {
  return {
    request: '3',
    mark: null,
    provider: 'rockset',
    operation: null,
    method: 'GET',
    path: '/v1/orgs/self',
    key: { hint: 'abc', name: 'nightly' },
    truth: { status: 401, code: 'key_revoked' },
    answered: 200,
    says: 'The key was revoked.',
    ...given,
  };
}

/** A proof of a fake command, with a provider that has no tenants. */
export function proofOf(command: FakeCommand, mutants: readonly MutantName[], changes: Partial<Proof> = {}): Proof {
  return {
    version: '1.2.3',
    choice: { mutants, only: undefined, exclusions: [] },
    timing: { factor: 1.5, extraMs: 5000, jobs: 1 },
    providers: [
      { name: 'rockset', notApplicable: { 'ignore-tenant': 'there is only one' } },
      { name: 'kps', notApplicable: {} },
    ],
    runOnce: async (job) => command.run(job),
    ...changes,
  };
}
