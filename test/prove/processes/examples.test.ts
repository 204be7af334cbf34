import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../src/package.ts';
import type { ProveReport } from '../../../src/prove/report.ts';
import { type MutantName, mutantNames } from '../../../src/provider/mutants.ts';
import { scenesOf } from '../../mutants/scenes/index.ts';
import { runHere } from '../../support/command-here.ts';
import { loadGuests } from '../../support/guests.ts';

const folder = join(root, 'examples', 'prove');
const providers = await loadGuests();

/** Every mutant of every provider that has something of the kind. */
const pairs = providers.flatMap(({ name: provider, mutability: { notApplicable } }) =>
  mutantNames.filter((mutant) => notApplicable[mutant] === undefined).map((mutant) => ({ mutant, provider })),
);
/** They are about a credential that is no key. */
const withoutKey: ReadonlySet<MutantName> = new Set([
  'accept-unknown',
  'accept-missing',
  'accept-malformed',
  'accept-other-provider',
]);
/** Each starts latchkey up to three times, and a shell that starts curl. */
const timeout = 60_000;

test('every mutant that applies to a provider has its two suites, and there are no others', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(providers.map(({ name }) => name).toSorted());
  for (const { name } of providers) {
    const wanted = pairs.filter(({ provider }) => provider === name).map(({ mutant }) => `${mutant}.sh`);
    expect(readdirSync(join(folder, name)).toSorted(), name).toEqual([...wanted, `${name}.sh`].toSorted());
  }
});

describe.concurrent.each(pairs)('$mutant@$provider', ({ mutant, provider }) => {
  test('is killed by the strict suite', { timeout }, async () => {
    const killed = { status: 0, ended: 'killed', timedOut: false, reason: null };
    await expectProved({ mutant, provider, suite: 'strict' }, killed);
  });

  test('survives the weak suite, and the report shows what that did not look at', { timeout }, async () => {
    const survived = { status: 2, ended: 'survived', timedOut: false, reason: null };
    await expectProved({ mutant, provider, suite: 'weak' }, survived);
  });
});

interface Suite {
  readonly mutant: MutantName;
  readonly provider: string;
  readonly suite: 'strict' | 'weak';
}

/** Has `latchkey prove` judge one mutant by a suite, which is a process of its own. Compares the judgement and all its evidence. */
async function expectProved({ mutant, provider, suite }: Suite, end: object): Promise<void> {
  const command = ['sh', join(folder, provider, `${mutant}.sh`), suite];
  const args = ['prove', '--mutants', mutant, '--only', provider, '--json', '--', ...command];
  const { status, stdout, stderr } = await runHere(args, { env: { PATH: process.env['PATH'] ?? '' } });
  expect(stderr).toBe('');
  const { mutants }: ProveReport = JSON.parse(stdout);
  const ends = mutants.map(({ id, status: ended, timedOut, reason }) => ({ id, status, ended, timedOut, reason }));
  expect(ends).toEqual([{ id: `${mutant}@${provider}`, ...end }]);
  for (const { acted, evidence } of mutants) {
    expect(acted).toBeGreaterThan(0);
    expect(evidence).toEqual(Array.from({ length: acted }, () => evidenceOf(mutant, provider)));
  }
}

/** The statuses are those of the mutant's scene, which other tests play. */
function evidenceOf(mutant: MutantName, provider: string) {
  const scene = scenesOf[provider]?.find((one) => one.mutant === mutant);
  if (scene === undefined) throw new Error(`${mutant}@${provider} has no scene`);
  return {
    request: expect.stringMatching(/^\d+$/),
    mark: null,
    provider,
    operation: expect.any(String),
    method: expect.stringMatching(/^(GET|POST|PUT|DELETE)$/),
    path: expect.stringMatching(/^\/./),
    key: withoutKey.has(mutant) ? null : { hint: expect.stringMatching(/./), name: expect.toSatisfy(isName) },
    truth: { status: scene.truth.decided, code: scene.code },
    answered: scene.mutated.decided,
    says: expect.stringMatching(/; this latchkey was told to .*\.$/),
  };
}

function isName(name: unknown): boolean {
  return name === null || typeof name === 'string';
}
